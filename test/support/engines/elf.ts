/** The little of the ELF format that tells a static program from a dynamic one; see elf(5). */

const ELF_MAGIC = "\x7fELF";
const ELF_CLASS_64 = 2;
const PT_INTERP = 3;
/** Offsets of fields in the header of a 64-bit ELF file. */
const HEADER = { class: 4, programHeaderOffset: 0x20, programHeaderBytes: 0x36, programHeaderCount: 0x38 } as const;

/** Whether a 64-bit little-endian program starts without a dynamic linker. Other files are not judged: `true`. */
export function isStatic(program: Buffer): boolean {
  if (program.toString("latin1", 0, 4) !== ELF_MAGIC || program[HEADER.class] !== ELF_CLASS_64) {
    return true;
  }
  const first = Number(program.readBigUInt64LE(HEADER.programHeaderOffset));
  const bytes = program.readUInt16LE(HEADER.programHeaderBytes);
  const count = program.readUInt16LE(HEADER.programHeaderCount);
  return !Array.from({ length: count }, (_, index) => program.readUInt32LE(first + index * bytes)).includes(PT_INTERP);
}
