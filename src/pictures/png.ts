/**
 * A picture as a small PNG (ISO/IEC 15948): few colours in a palette, one byte for each point. A drawing of lines and words needs
 * no more, and it has to fit into a message. Pure.
 */
import { crc32, deflateSync } from 'node:zlib';

/** Points from left to right and from top to bottom, four bytes each: red, green, blue and how opaque it is (left out here). */
export interface Points {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

const MOST_COLOURS = 256;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const EIGHT_BITS_IN_A_PALETTE = [8, 3, 0, 0, 0];

/** The picture as PNG. Neighbouring shades fall together as far as they must to be at most 256. */
export function png(points: Points): Uint8Array {
  for (let bits = 5; bits > 1; bits -= 1) {
    const found = indexed(points, bits);
    if (found) return file(points, found.palette, found.rows);
  }
  throw new Error('two bits of three colours are at most 64');
}

interface Indexed {
  readonly palette: Uint8Array;
  readonly rows: Uint8Array;
}

/** Each point as its place in the palette, with so many bits of each colour; null when these are too many. */
function indexed({ width, height, pixels }: Points, bits: number): Indexed | null {
  const places = new Map<number, number>();
  const rows = new Uint8Array((width + 1) * height);
  for (let at = 0; at < width * height; at += 1) {
    const colour =
      (few(pixels[at * 4] ?? 0, bits) << 16) |
      (few(pixels[at * 4 + 1] ?? 0, bits) << 8) |
      few(pixels[at * 4 + 2] ?? 0, bits);
    const place = places.get(colour) ?? places.size;
    if (place >= MOST_COLOURS) return null;
    places.set(colour, place);
    // Each row begins with how it is filtered: not at all.
    rows[at + Math.floor(at / width) + 1] = place;
  }
  const palette = Uint8Array.from(
    [...places.keys()].flatMap((each) => [each >> 16, (each >> 8) & 255, each & 255]),
  );
  return { palette, rows };
}

/** The nearest of the values that so many bits can tell apart, spread over all of 0 to 255. */
function few(value: number, bits: number): number {
  const most = 2 ** bits - 1;
  return Math.round((Math.round((value * most) / 255) * 255) / most);
}

function file({ width, height }: Points, palette: Uint8Array, rows: Uint8Array): Uint8Array {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.concat([size, Buffer.from(EIGHT_BITS_IN_A_PALETTE)])),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(name, 'ascii'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
}
