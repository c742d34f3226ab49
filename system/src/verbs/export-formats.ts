/** What other programs read: LightGBM's text, ONNX, or one SELECT over a table named as the model. */
export const exportFormats = ['lightgbm', 'onnx', 'sql', 'postgresql'] as const;
export type ExportFormat = (typeof exportFormats)[number];
