import { useEffect, useRef, useState, type RefObject } from 'react';

/** Width of a box in pixels, so that a chart is redrawn for it and not shrunk; 0 until measured. */
export function useWidth<T extends Element = HTMLDivElement>(): [RefObject<T | null>, number] {
  const box = useRef<T>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!box.current) return;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry!.contentRect.width)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return [box, width];
}
