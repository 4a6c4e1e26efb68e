// Returns the visible texts whose contrast is below 4.5, the minimum of WCAG 2 (1.4.3, level AA).
const channels = (color) => {
  const [red, green, blue, alpha = 1] = color.match(/[\d.]+/g).map(Number);
  return { rgb: [red, green, blue], alpha };
};
const mix = (over, alpha, under) => over.map((value, i) => value * alpha + under[i] * (1 - alpha));
const background = (element) => {
  if (!element) return [255, 255, 255];
  const { rgb, alpha } = channels(getComputedStyle(element).backgroundColor);
  return alpha === 1 ? rgb : mix(rgb, alpha, background(element.parentElement));
};
const luminance = (rgb) => {
  const [red, green, blue] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const found = new Map();
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  const text = texts.currentNode.data.trim();
  const isVisible = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  if (!text || !isVisible || !element.getClientRects().length) continue;
  const under = background(element);
  const { rgb, alpha } = channels(getComputedStyle(element).color);
  const [low, high] = [luminance(mix(rgb, alpha, under)), luminance(under)].sort((a, b) => a - b);
  const ratio = (high + 0.05) / (low + 0.05);
  if (ratio < 4.5) found.set(`${rgb} on ${under}`, `${text.slice(0, 40)}: ${ratio.toFixed(2)}`);
}
return [...found].map(([colors, text]) => `${colors}: ${text}`);
