// A made-up picture to send, for those who have none at hand.
const WIDTH = 640;
const HEIGHT = 480;

/** A PNG file: a sky, a sun and hills, of another colour for each number. */
export async function samplePicture(number) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: WIDTH, height: HEIGHT });
  const pen = canvas.getContext("2d");
  const hue = (number * 67) % 360;
  const sky = pen.createLinearGradient(0, 0, 0, HEIGHT);
  sky.addColorStop(0, `hsl(${hue} 70% 72%)`);
  sky.addColorStop(1, `hsl(${hue + 40} 80% 90%)`);
  pen.fillStyle = sky;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  circle(pen, 470, 130, 56, "hsl(44 95% 62%)");
  circle(pen, 170, 640, 330, `hsl(${hue + 130} 32% 48%)`);
  circle(pen, 520, 720, 360, `hsl(${hue + 150} 34% 36%)`);
  const content = await new Promise((done) => canvas.toBlob(done, "image/png"));
  return new File([content], `sample-${number}.png`, { type: "image/png" });
}

function circle(pen, x, y, radius, colour) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}
