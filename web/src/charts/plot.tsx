import type { KeyboardEvent, ReactNode } from 'react';
import { useWidth } from './use-width.js';

export interface Margin {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export interface Area {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface PlotProps {
  height: number;
  margin: Margin;
  label: string;
  onKey?: ((event: KeyboardEvent) => void) | undefined;
  children: (area: Area) => ReactNode;
}

/** An SVG as wide as its box; draws once the width is known. With `onKey` it takes the focus. */
export function Plot({ height, margin, label, onKey, children }: PlotProps) {
  const [box, width] = useWidth();
  const area = {
    width,
    height,
    left: margin.left,
    right: width - margin.right,
    top: margin.top,
    bottom: height - margin.bottom,
  };
  return (
    <div ref={box} className="plot" style={{ minHeight: height }}>
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={label}
          tabIndex={onKey ? 0 : undefined}
          onKeyDown={onKey}
        >
          {children(area)}
        </svg>
      )}
    </div>
  );
}
