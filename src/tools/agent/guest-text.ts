/** The bytes that a text stands for: the server makes one character of each byte (pve-facts 74). */
export function bytesOf(text: string): Uint8Array {
  // A text with other characters was decoded on the way.
  return Buffer.from(text, /^[\u0000-\u00ff]*$/.test(text) ? "latin1" : "utf8");
}

/** A text as the server wants bytes in its parameters: one character for each (pve-facts 75). */
export function asByteText(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** The text that bytes are in UTF-8; nothing for bytes that are none. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes without the beginning of a character at their end, which was cut off there. */
export function wholeCharacters(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return back < length ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}

/** A text that fits: its head and, as ends matter more, most of its tail. */
export function clip(text: string, most: number): { text: string; leftOut: number } {
  if (text.length <= most) return { text, leftOut: 0 };
  const head = text.slice(0, Math.floor(most / 4)).replace(/[\ud800-\udbff]$/, "");
  const tail = text.slice(-(most - Math.floor(most / 4))).replace(/^[\udc00-\udfff]/, "");
  const leftOut = text.length - head.length - tail.length;
  return { text: `${head}\n… [${leftOut} characters left out] …\n${tail}`, leftOut };
}
