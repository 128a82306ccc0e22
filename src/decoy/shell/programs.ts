/** Which programs are which. */

/** Programs that do not end by themselves: servers, and the scripts that start them. */
const SERVERS = new Set(
  "nginx postgres redis-server mysqld mariadbd mongod httpd-foreground apache2-foreground docker-entrypoint.sh entrypoint.sh init systemd node python3 java caddy traefik memcached rabbitmq-server registry xmrig top dockerd".split(
    " ",
  ),
);

const SHELLS = new Set(["sh", "bash", "ash", "dash"]);

const baseOf = (name: string): string => name.slice(name.lastIndexOf("/") + 1);

export const isServer = (name: string): boolean => SERVERS.has(baseOf(name));
export const isShell = (name: string): boolean => SHELLS.has(baseOf(name));
