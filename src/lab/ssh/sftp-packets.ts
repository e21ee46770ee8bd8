/** Types of packets of SFTP version 3, and of its answers. */
export const REQUEST = {
  1: "init",
  3: "open",
  4: "close",
  5: "read",
  6: "write",
  7: "lstat",
  8: "fstat",
  9: "setstat",
  10: "fsetstat",
  11: "opendir",
  12: "readdir",
  13: "remove",
  14: "mkdir",
  15: "rmdir",
  16: "realpath",
  17: "stat",
  18: "rename",
  19: "readlink",
  20: "symlink",
  200: "extended",
} as const;

export type RequestName = (typeof REQUEST)[keyof typeof REQUEST];

export const REPLY = { version: 2, status: 101, handle: 102, data: 103, name: 104, attrs: 105, extended: 201 } as const;

export const STATUS = { ok: 0, eof: 1, noFile: 2, denied: 3, failure: 4, bad: 5, unsupported: 8 } as const;

export const OPEN = { read: 1, write: 2, append: 4, create: 8, truncate: 16, exclusive: 32 } as const;

/** What is known, or to be set, of a file. */
export interface Attributes {
  size?: number;
  uid?: number;
  gid?: number;
  /** Kind and permission bits. */
  mode?: number;
  atime?: number;
  mtime?: number;
}

/** Reads the fields of a packet one after the other. */
export class PacketReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  number(): number {
    this.#at += 4;
    return this.#bytes.readUInt32BE(this.#at - 4);
  }

  long(): number {
    this.#at += 8;
    return Number(this.#bytes.readBigUInt64BE(this.#at - 8));
  }

  bytes(): Buffer {
    const length = this.number();
    this.#at += length;
    if (this.#at > this.#bytes.length) throw new RangeError("the packet is too short");
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  text(): string {
    return this.bytes().toString("utf8");
  }

  attributes(): Attributes {
    const flags = this.number();
    const attributes: Attributes = {};
    if (flags & 1) attributes.size = this.long();
    if (flags & 2) {
      attributes.uid = this.number();
      attributes.gid = this.number();
    }
    if (flags & 4) attributes.mode = this.number();
    if (flags & 8) {
      attributes.atime = this.number();
      attributes.mtime = this.number();
    }
    return attributes;
  }
}

export type Field = number | string | Uint8Array | { long: number } | { attributes: Attributes };

function encoded(field: Field): Buffer {
  if (typeof field === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(field >>> 0);
    return bytes;
  }
  if (typeof field === "string" || field instanceof Uint8Array) {
    const bytes = Buffer.from(field as string);
    return Buffer.concat([encoded(bytes.length), bytes]);
  }
  if ("long" in field) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(field.long));
    return bytes;
  }
  const { size = 0, uid = 0, gid = 0, mode = 0, atime = 0, mtime = 0 } = field.attributes;
  return Buffer.concat([encoded(15), encoded({ long: size }), ...[uid, gid, mode, atime, mtime].map(encoded)]);
}

/** A packet with its length before it. */
export function packet(type: number, ...fields: Field[]): Buffer {
  const body = Buffer.concat(fields.map(encoded));
  const head = Buffer.alloc(5);
  head.writeUInt32BE(body.length + 1);
  head[4] = type;
  return Buffer.concat([head, body]);
}

/** Cuts a stream of bytes into packets. */
export class PacketCutter {
  #bytes = Buffer.alloc(0);

  /** The packets that are complete now. */
  add(chunk: Uint8Array): Buffer[] {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    const packets: Buffer[] = [];
    while (this.#bytes.length >= 4) {
      const end = 4 + this.#bytes.readUInt32BE(0);
      if (this.#bytes.length < end) break;
      packets.push(this.#bytes.subarray(4, end));
      this.#bytes = this.#bytes.subarray(end);
    }
    return packets;
  }
}
