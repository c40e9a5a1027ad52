/**
 * ONNX models as bytes: the few messages of onnx.proto that one node with its weights needs, written by hand.
 * It is not a protobuf library: field numbers stand beside the fields, as in onnx.proto.
 */

const varint = (value) => {
  const bytes = [];
  for (let rest = BigInt(value); ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
};
const number = (field, value) => Buffer.concat([varint(field << 3), varint(value)]);
const message = (field, ...parts) => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([varint((field << 3) | 2), varint(body.length), body]);
};
const real = (field, value) => {
  const body = Buffer.alloc(4);
  body.writeFloatLE(value);
  return Buffer.concat([varint((field << 3) | 5), body]);
};

const float32 = 1; // TensorProto.DataType.FLOAT
const kinds = { real: 1, whole: 2 }; // AttributeProto.AttributeType.FLOAT, INT

/** TensorProto: dims 1, data_type 2, name 8, raw_data 9. */
const tensor = (name, dims, values) => [
  ...dims.map((size) => number(1, size)),
  number(2, float32),
  message(8, name),
  message(9, new Uint8Array(Float32Array.from(values).buffer)),
];

/** ValueInfoProto: name 1, type 2 { tensor_type 1 { elem_type 1, shape 2 { dim 1 { dim_value 1 } } } }. */
const valueInfo = (name, dims) => [
  message(1, name),
  message(
    2,
    message(1, number(1, float32), message(2, ...dims.map((size) => message(1, number(1, size))))),
  ),
];

/** AttributeProto: name 1, f 2, i 3, type 20. A number with a fraction is a float, all others are ints. */
const attribute = ([name, value]) =>
  Number.isInteger(value)
    ? [message(1, name), number(3, value), number(20, kinds.whole)]
    : [message(1, name), real(2, value), number(20, kinds.real)];

/** NodeProto: input 1, output 2, op_type 4, attribute 5, domain 7. An input '' is one that is left out. */
const node = ({ op, domain = '', inputs, outputs, attributes = {} }) => [
  ...inputs.map((name) => message(1, name)),
  ...outputs.map((name) => message(2, name)),
  message(4, op),
  ...Object.entries(attributes).map((one) => message(5, ...attribute(one))),
  message(7, domain),
];

/**
 * A model. `inputs` and `outputs` are { name: dims }, `weights` { name: [dims, values] }.
 * ModelProto: ir_version 1, graph 7 { node 1, name 2, initializer 5, input 11, output 12 },
 * opset_import 8 { domain 1, version 2 }.
 */
export function onnxModel({ nodes, weights = {}, inputs, outputs }) {
  const graph = [
    ...nodes.map((one) => message(1, ...node(one))),
    message(2, 'work'),
    ...Object.entries(weights).map(([name, [dims, values]]) =>
      message(5, ...tensor(name, dims, values)),
    ),
    ...Object.entries(inputs).map(([name, dims]) => message(11, ...valueInfo(name, dims))),
    ...Object.entries(outputs).map(([name, dims]) => message(12, ...valueInfo(name, dims))),
  ];
  return Buffer.concat([
    number(1, 8),
    message(7, ...graph),
    message(8, message(1, ''), number(2, 17)),
    message(8, message(1, 'com.microsoft'), number(2, 1)),
  ]);
}
