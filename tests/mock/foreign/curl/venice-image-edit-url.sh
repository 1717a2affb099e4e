# Ours: Venice's page shows no line. The fields are those of its table, with its examples.
curl --request POST \
  --url "$BASE_URL/api/v1/image/edit" \
  --header "Authorization: Bearer $TOKEN" \
  --header 'Content-Type: application/json' \
  --data '
{
  "image": "https://example.com/image.png",
  "prompt": "Change the color of the sky to a sunrise",
  "aspect_ratio": "16:9",
  "resolution": "1K",
  "output_format": "png",
  "safe_mode": false
}
'
