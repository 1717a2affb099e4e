# Ours: Venice's page shows no line. The fields are those of its table, with its examples.
curl --request POST \
  --url "$BASE_URL/api/v1/image/edit" \
  --header "Authorization: Bearer $TOKEN" \
  --form "image=@$IMAGE" \
  --form 'prompt=Change the color of the sky to a sunrise' \
  --form 'aspect_ratio=16:9' \
  --form resolution=1K \
  --form output_format=png \
  --form safe_mode=false
