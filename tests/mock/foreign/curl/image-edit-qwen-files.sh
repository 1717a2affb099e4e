# Ours: the page says that forms are taken too, and shows no line for it.
curl --request POST \
  --url "$BASE_URL/v1/images/edits" \
  --header "Authorization: Bearer $TOKEN" \
  --form model=qwen-image-2.0-pro \
  --form-string 'prompt=<string>' \
  --form "image=@$IMAGE;type=image/png" \
  --form "image[]=@$IMAGE" \
  --form n=1 \
  --form 'size=1024*1024' \
  --form response_format=url \
  --form watermark=false
