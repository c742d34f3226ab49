/** Captured share when the top `contacted` share is contacted, between the measured points. */
export function capturedAt(
  capacity: readonly { contacted: number; captured: number }[],
  contacted: number,
): number {
  let left = { contacted: 0, captured: 0 };
  for (const right of capacity) {
    if (right.contacted >= contacted) {
      const width = right.contacted - left.contacted;
      const part = width === 0 ? 1 : (contacted - left.contacted) / width;
      return left.captured + part * (right.captured - left.captured);
    }
    left = right;
  }
  return left.captured;
}
