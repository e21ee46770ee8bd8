import { createHash } from "node:crypto";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
/** Bytes that a frame may carry (pve-facts 83). */
const FRAME_LIMIT = 131_072;

export const OPCODE = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Frame {
  opcode: number;
  payload: Buffer;
}

/** The client did what this server does not take: it ends the connection. */
export class FrameTrouble extends Error {}

/** What the server answers to a client's key. */
export function acceptKey(key: string): string {
  return createHash("sha1").update(`${key}${GUID}`).digest("base64");
}

/** A frame from the server, which are never masked. */
export function frame(payload: Uint8Array, opcode: number = OPCODE.binary): Buffer {
  const { length } = payload;
  let head: Buffer;
  if (length < 126) head = Buffer.from([0x80 | opcode, length]);
  else if (length < 65_536) {
    head = Buffer.from([0x80 | opcode, 126, 0, 0]);
    head.writeUInt16BE(length, 2);
  } else {
    head = Buffer.alloc(10);
    head[0] = 0x80 | opcode;
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
}

/** Cuts what comes in into frames: whole ones, masked, not compressed, and not too long (pve-facts 83). */
export class FrameCutter {
  #bytes = Buffer.alloc(0);

  add(chunk: Uint8Array): Frame[] {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    const frames: Frame[] = [];
    for (let one = this.#next(); one; one = this.#next()) frames.push(one);
    return frames;
  }

  #next(): Frame | undefined {
    const bytes = this.#bytes;
    if (bytes.length < 2) return undefined;
    const [first = 0, second = 0] = bytes;
    if ((first & 0x80) === 0) throw new FrameTrouble("fragmented frames are not supported");
    if ((first & 0x70) !== 0) throw new FrameTrouble("reserved bits are set");
    if ((second & 0x80) === 0) throw new FrameTrouble("frames have to be masked");
    let length = second & 0x7f;
    let at = 2;
    if (length === 126) {
      if (bytes.length < 4) return undefined;
      length = bytes.readUInt16BE(2);
      at = 4;
    } else if (length === 127) {
      if (bytes.length < 10) return undefined;
      length = Number(bytes.readBigUInt64BE(2));
      at = 10;
    }
    if (length > FRAME_LIMIT) throw new FrameTrouble("the frame is too long");
    if (bytes.length < at + 4 + length) return undefined;
    const mask = bytes.subarray(at, at + 4);
    const payload = Buffer.from(bytes.subarray(at + 4, at + 4 + length));
    for (let index = 0; index < payload.length; index += 1) payload[index]! ^= mask[index % 4]!;
    this.#bytes = bytes.subarray(at + 4 + length);
    return { opcode: first & 0x0f, payload };
  }
}
