curl --request POST \
  --url "$BASE_URL/v1/images/generations" \
  --header "Authorization: Bearer $TOKEN" \
  --header 'Content-Type: application/json' \
  --data '
{
  "model": "wan2.7-image-pro",
  "response_format": "url",
  "input": {
    "messages": [
      {
        "role": "user",
        "content": [
          {
            "text": "A flower shop with elegant windows, a beautiful wooden door, displaying flowers"
          }
        ]
      }
    ]
  },
  "size": "2K",
  "n": 1,
  "watermark": false,
  "thinking_mode": true,
  "seed": 0
}
'
