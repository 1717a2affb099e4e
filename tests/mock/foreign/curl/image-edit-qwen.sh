curl --request POST \
--url "$BASE_URL/v1/images/edits" \
--header "Authorization: Bearer $TOKEN" \
--header 'Content-Type: application/json' \
--data '
{
"model": "qwen-image-2.0-pro",
"prompt": "<string>",
"n": 1,
"size": "1024*1024",
"response_format": "url",
"seed": 123,
"watermark": false,
"prompt_extend": true,
"negative_prompt": "<string>",
"extra": {
"input": {},
"parameters": {}
}
}
'
