/** Archives whose files are all of one day, so that the same content gives the same bytes. */

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
/** January 1, 1980: the first day a ZIP file knows (APPNOTE 4.4.6). */
const FIRST_DAY = 0x0021;
const END_LENGTH = 22;

/** The same ZIP archive with the time of every file set to the first there is. Throws (a bug) for bytes that are no ZIP archive. */
export function withPinnedDates(zip: Uint8Array): Buffer {
  const bytes = Buffer.from(zip);
  // No comment stands behind the directory in what we make, so its end is at the end.
  const end = bytes.length - END_LENGTH;
  if (end < 0 || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) throw new TypeError('no ZIP archive');
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new TypeError('no ZIP archive');
    const local = bytes.readUInt32LE(at + 42);
    if (bytes.readUInt32LE(local) !== LOCAL_HEADER) throw new TypeError('no ZIP archive');
    pin(bytes, at + 12);
    pin(bytes, local + 10);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return bytes;
}

function pin(bytes: Buffer, at: number): void {
  bytes.writeUInt16LE(0, at);
  bytes.writeUInt16LE(FIRST_DAY, at + 2);
}
