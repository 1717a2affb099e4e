curl --request POST \
  --url "$BASE_URL/v1/images/edits" \
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
            "image": "https://example.com/car.webp"
          },
          {
            "image": "https://example.com/paint.webp"
          },
          {
            "text": "Spray the graffiti from image 2 onto the car in image 1"
          }
        ]
      }
    ]
  },
  "size": "2K",
  "n": 1,
  "watermark": false,
  "negative_prompt": "Preserve original car body color",
  "seed": 0
}
'
