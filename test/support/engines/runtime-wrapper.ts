/**
 * A stand-in for runc on machines whose bounding set is not full.
 *
 * A virtual machine or a container that runs the tests may lack a capability that an engine hands out, and runc then
 * refuses the whole container ("unable to apply caps: operation not permitted"). The wrapper takes the missing ones out
 * of the bundle's config.json, or out of the file after `--process` of an exec, and lets runc do the rest.
 *
 * It is a shell script with one sed, because it runs three or four times per container: 3 ms each.
 */
import { writeFileSync } from "node:fs";

/** Writes the wrapper; `missing` are the capabilities it takes away. */
export function writeRuntimeWrapper(path: string, missing: readonly string[]): void {
  writeFileSync(path, wrapperScript(missing), { mode: 0o755 });
}

function wrapperScript(missing: readonly string[]): string {
  return `#!/bin/sh
# Written by runtime-wrapper.ts. Missing on this machine: ${missing.join(" ") || "nothing"}
previous=
for argument in "$@"; do
  case $previous in
    --bundle) file=$argument/config.json ;;
    --process) file=$argument ;;
  esac
  previous=$argument
done
if [ -n "\${file-}" ] && [ -f "$file" ]; then
  sed -i '
${missing.map(sedLines).join("\n")}
' "$file"
fi
exec runc "$@"
`;
}

/**
 * Takes a capability out of every list in the `capabilities` object, wherever in the list it stands.
 *
 * Go writes the object on one line without inner braces, and writes quotes inside a string as \\", so that neither an
 * argument nor a variable that the container's owner chose can look like it.
 */
function sedLines(capability: string): string {
  const object = '\\("capabilities":{[^}]*\\)';
  return [`"${capability}",`, `,"${capability}"`, `"${capability}"`]
    .map((entry, index) => `:${capability}${index}\ns/${object}${entry}/\\1/;t${capability}${index}`)
    .join("\n");
}
