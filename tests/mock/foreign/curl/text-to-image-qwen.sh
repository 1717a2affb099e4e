# The page has this on one line, its line breaks lost after each backslash; here they are again.
curl --request POST \
  --url "$BASE_URL/v1/images/generations" \
  --header "Authorization: Bearer $TOKEN" \
  --header 'Content-Type: application/json' \
  --data '
{
  "model": "qwen-image-2.0-pro",
  "prompt": "A cute orange cat sitting on a windowsill, sunlight shining on it, realistic style",
  "n": 1,
  "size": "1024*1024",
  "response_format": "url"
}
'
