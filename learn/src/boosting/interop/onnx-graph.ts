import { bytes, integer, integers, message, string, type Field } from './protobuf.js';

/** Messages of ONNX's `onnx.proto`, by the numbers of their fields there. */
const elementTypes = { uint8: 2, int64: 7, string: 8, double: 11 } as const;
type ElementType = keyof typeof elementTypes;

export type Attribute =
  | number
  | { integers: readonly number[] }
  | { strings: readonly string[] }
  /** A tensor of one dimension. */
  | { tensor: Float64Array | Uint8Array };

const attributeTypes = { integer: 2, tensor: 4, integers: 7, strings: 8 };

function attribute(name: string, value: Attribute): Field {
  const of = (type: keyof typeof attributeTypes, ...fields: readonly Field[]) =>
    bytes(5, message(string(1, name), fields, integer(20, attributeTypes[type])));
  if (typeof value === 'number') return of('integer', integer(3, value));
  if ('tensor' in value) return of('tensor', bytes(5, tensor(value.tensor)));
  if ('integers' in value) return of('integers', integers(8, value.integers));
  return of('strings', ...value.strings.map((one) => string(9, one)));
}

function tensor(values: Float64Array | Uint8Array, name = ''): Uint8Array {
  const type = values instanceof Float64Array ? elementTypes.double : elementTypes.uint8;
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return message(integers(1, [values.length]), integer(2, type), string(8, name), bytes(9, raw));
}

export interface OnnxNode {
  op: string;
  domain?: string;
  inputs: readonly string[];
  output: string;
  attributes?: Readonly<Record<string, Attribute>>;
}

const nodeOf = ({ op, domain, inputs, output, attributes = {} }: OnnxNode): Uint8Array =>
  message(
    inputs.map((name) => string(1, name)),
    string(2, output),
    string(3, output),
    string(4, op),
    Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    string(7, domain ?? ''),
  );

export interface OnnxValue {
  name: string;
  type: ElementType;
  /** Columns; rows are free. */
  width: number;
}

function valueOf({ name, type, width }: OnnxValue): Uint8Array {
  const shape = message(bytes(1, message(string(2, 'rows'))), bytes(1, message(integer(1, width))));
  const tensorType = message(integer(1, elementTypes[type]), bytes(2, shape));
  return message(string(1, name), bytes(2, message(bytes(1, tensorType))));
}

export interface OnnxGraph {
  name: string;
  inputs: readonly OnnxValue[];
  outputs: readonly OnnxValue[];
  constants: Readonly<Record<string, Float64Array>>;
  nodes: readonly OnnxNode[];
  /** Version of each operator set by its domain; '' is ONNX's own. */
  operators: Readonly<Record<string, number>>;
  /** Version of the file format. */
  format: number;
}

export function onnxModel(graph: OnnxGraph): Uint8Array {
  const { name, inputs, outputs, constants, nodes, operators, format } = graph;
  return message(
    integer(1, format),
    string(2, 'tino'),
    bytes(
      7,
      message(
        nodes.map((node) => bytes(1, nodeOf(node))),
        string(2, name),
        Object.entries(constants).map(([of, values]) => bytes(5, tensor(values, of))),
        inputs.map((value) => bytes(11, valueOf(value))),
        outputs.map((value) => bytes(12, valueOf(value))),
      ),
    ),
    Object.entries(operators).map(([domain, version]) =>
      bytes(8, message(string(1, domain), integer(2, version))),
    ),
  );
}
