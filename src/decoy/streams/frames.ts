/** The frames in which the two outputs of a program share a connection: a byte, three zeros, the length, the bytes. */
export function frame(stream: 1 | 2, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head[0] = stream;
  head.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}
