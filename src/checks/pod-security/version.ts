/** The newest version of the policy that is known; newer ones are evaluated as this one, as Kubernetes does. */
export const POD_SECURITY_MINOR_MAX = 37;

/**
 * The minor number of a version of the policy: `latest`, or `v1.25` with or without the `v`. Above
 * {@link POD_SECURITY_MINOR_MAX} it is that number. `undefined`: no version has that name.
 */
export function podSecurityMinor(version: string): number | undefined {
  if (version === "latest") {
    return POD_SECURITY_MINOR_MAX;
  }
  const minor = /^v?1\.(0|[1-9]\d{0,3})$/.exec(version)?.[1];
  return minor === undefined ? undefined : Math.min(Number(minor), POD_SECURITY_MINOR_MAX);
}
