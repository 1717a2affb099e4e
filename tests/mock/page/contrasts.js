// Every visible text with its contrast as WCAG 2 has it: colours over all backgrounds below, blended by their alpha.
const pen = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
const parsed = new Map();
const parse = (text) => {
  if (!parsed.has(text)) {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = text;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    parsed.set(text, [r, g, b, a / 255]);
  }
  return parsed.get(text);
};
const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
const grounds = new Map([[null, parse(getComputedStyle(document.body).backgroundColor)]]);
const background = (node) => {
  if (!grounds.has(node)) {
    grounds.set(node, over(parse(getComputedStyle(node).backgroundColor), background(node.parentElement)));
  }
  return grounds.get(node);
};
const luminance = (colour) => {
  const [r, g, b] = colour.map((one) => one / 255).map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
const seen = new Map();
for (const node of document.querySelectorAll('body *')) {
  if (!node.checkVisibility() || node.closest('.hidden, .skip, datalist, :disabled')) continue;
  const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  const pseudo = node.placeholder && !node.value ? '::placeholder' : null;
  if (!own && !pseudo && !('value' in node)) continue;
  const style = getComputedStyle(node, pseudo), below = background(node);
  const ratio = contrast(over(parse(style.color), below), below);
  const name = node.tagName.toLowerCase() + '.' + node.className + (pseudo ?? '') + ': ' + node.textContent.trim().slice(0, 30);
  seen.set(name, ratio);
}
return [...seen];
