interface Label {
  id: string;
  text: string;
  x: number;
  y: number;
}

const LINE_PX = 16;
const LETTER_PX = 6.4;

/** Moves labels that would overlap down, one line at a time, and keeps all inside the area. */
export function placeLabels(
  labels: Label[],
  area: { left: number; right: number; top: number; bottom: number },
): Label[] {
  const placed: Label[] = [];
  for (const label of labels.toSorted((a, b) => a.y - b.y)) {
    const half = (label.text.length * LETTER_PX) / 2;
    const x = Math.min(area.right - half, Math.max(area.left + half, label.x));
    let y = Math.max(area.top + 10, label.y);
    while (placed.some((other) => overlaps({ ...label, x, y }, other)) && y < area.bottom)
      y += LINE_PX / 2;
    placed.push({ ...label, x, y });
  }
  return placed;
}

const overlaps = (a: Label, b: Label) =>
  Math.abs(a.y - b.y) < LINE_PX &&
  Math.abs(a.x - b.x) < ((a.text.length + b.text.length) * LETTER_PX) / 2 + 4;
