/** Popular images of the public hub: enough to answer a pull, an inspect and a history as the real ones would. */
import type { ImageFamily } from "../shell/index.ts";
import { Random, stableId } from "../state/random.ts";

/** An image that can be pulled. */
export interface CatalogueImage {
  /** `library/alpine`, `grafana/grafana`. */
  readonly repository: string;
  readonly family: ImageFamily;
  /** Compressed bytes of each layer, lowest first. */
  readonly layers: readonly number[];
  /** The same unpacked. */
  readonly sizes: readonly number[];
  readonly env: readonly string[];
  readonly cmd: readonly string[] | null;
  readonly entrypoint: readonly string[] | null;
  readonly workdir: string;
  readonly user: string;
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  readonly stopSignal: string;
  readonly labels: ReadonlyMap<string, string>;
  /** Days between the build of the image and today. */
  readonly ageDays: number;
}

interface Entry {
  readonly family: ImageFamily;
  /** Compressed megabytes of each layer. */
  readonly mb: readonly number[];
  readonly cmd?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly env?: readonly string[];
  readonly workdir?: string;
  readonly user?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly stopSignal?: string;
}

const ENTRYPOINT = ["docker-entrypoint.sh"];

/** Official images by name. */
const OFFICIAL: Readonly<Record<string, Entry>> = {
  adminer: {
    family: "alpine",
    mb: [3.4, 0.6, 34, 0.3, 12, 0.4],
    cmd: ["php", "-S", "[::]:8080", "-t", "/var/www/html"],
    entrypoint: ["entrypoint.sh"],
    user: "adminer",
    workdir: "/var/www/html",
    ports: ["8080/tcp"],
  },
  alpine: { family: "alpine", mb: [3.4], cmd: ["/bin/sh"] },
  amazonlinux: { family: "redhat", mb: [52], cmd: ["/bin/bash"] },
  bash: { family: "alpine", mb: [3.4, 2.2, 0.1], cmd: ["bash"], entrypoint: ENTRYPOINT },
  busybox: { family: "busybox", mb: [2.2], cmd: ["sh"] },
  caddy: {
    family: "alpine",
    mb: [3.4, 0.3, 0.1, 14],
    cmd: ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"],
    ports: ["80/tcp", "443/tcp", "2019/tcp"],
  },
  centos: { family: "redhat", mb: [80], cmd: ["/bin/bash"] },
  consul: {
    family: "alpine",
    mb: [3.4, 0.5, 49, 0.1],
    cmd: ["agent", "-dev", "-client", "0.0.0.0"],
    entrypoint: ENTRYPOINT,
    ports: ["8500/tcp"],
  },
  couchdb: { family: "debian", mb: [29, 12, 0.1, 58, 0.1], cmd: ["/opt/couchdb/bin/couchdb"], ports: ["5984/tcp"] },
  debian: { family: "debian", mb: [48], cmd: ["bash"] },
  docker: { family: "alpine", mb: [3.4, 2.1, 0.1, 18, 52, 0.1], cmd: ["sh"], entrypoint: ENTRYPOINT },
  drupal: {
    family: "debian",
    mb: [28, 0.1, 99, 20, 0.2, 15, 42],
    cmd: ["apache2-foreground"],
    entrypoint: ["docker-php-entrypoint"],
    ports: ["80/tcp"],
  },
  elasticsearch: {
    family: "ubuntu",
    mb: [27, 12, 0.1, 372, 0.2],
    cmd: ["eswrapper"],
    entrypoint: ["/bin/tini", "--", "/usr/local/bin/docker-entrypoint.sh"],
    user: "1000:0",
    workdir: "/usr/share/elasticsearch",
    ports: ["9200/tcp", "9300/tcp"],
  },
  fedora: { family: "redhat", mb: [63], cmd: ["/bin/bash"] },
  ghost: {
    family: "debian",
    mb: [28, 0.1, 46, 0.6, 68, 0.1],
    cmd: ["node", "current/index.js"],
    entrypoint: ENTRYPOINT,
    ports: ["2368/tcp"],
  },
  golang: { family: "debian", mb: [48, 23, 64, 92, 74, 0.1], cmd: ["bash"], workdir: "/go", env: ["GOPATH=/go"] },
  haproxy: {
    family: "debian",
    mb: [28, 0.1, 20],
    cmd: ["haproxy", "-f", "/usr/local/etc/haproxy/haproxy.cfg"],
    entrypoint: ENTRYPOINT,
    user: "haproxy",
  },
  "hello-world": { family: "scratch", mb: [0.003], cmd: ["/hello"] },
  httpd: {
    family: "debian",
    mb: [28, 0.1, 4.2, 26, 0.1],
    cmd: ["httpd-foreground"],
    workdir: "/usr/local/apache2",
    ports: ["80/tcp"],
    stopSignal: "SIGWINCH",
  },
  influxdb: {
    family: "debian",
    mb: [48, 6, 0.1, 95, 0.1],
    cmd: ["influxd"],
    entrypoint: ["/entrypoint.sh"],
    ports: ["8086/tcp"],
  },
  joomla: {
    family: "debian",
    mb: [28, 0.1, 99, 20, 30],
    cmd: ["apache2-foreground"],
    entrypoint: ["/entrypoint.sh"],
    ports: ["80/tcp"],
  },
  mariadb: {
    family: "ubuntu",
    mb: [28, 1.6, 3.2, 83, 0.1],
    cmd: ["mariadbd"],
    entrypoint: ENTRYPOINT,
    ports: ["3306/tcp"],
    volumes: ["/var/lib/mysql"],
  },
  memcached: {
    family: "debian",
    mb: [28, 0.1, 5, 0.8],
    cmd: ["memcached"],
    entrypoint: ENTRYPOINT,
    user: "memcache",
    ports: ["11211/tcp"],
  },
  mongo: {
    family: "ubuntu",
    mb: [28, 0.1, 1.5, 235, 0.1],
    cmd: ["mongod"],
    entrypoint: ENTRYPOINT,
    ports: ["27017/tcp"],
    volumes: ["/data/configdb", "/data/db"],
  },
  mysql: {
    family: "redhat",
    mb: [47, 0.1, 5, 14, 65, 49, 0.1],
    cmd: ["mysqld"],
    entrypoint: ENTRYPOINT,
    ports: ["3306/tcp", "33060/tcp"],
    volumes: ["/var/lib/mysql"],
  },
  nextcloud: {
    family: "debian",
    mb: [28, 0.1, 99, 20, 60, 170],
    cmd: ["apache2-foreground"],
    entrypoint: ["/entrypoint.sh"],
    ports: ["80/tcp"],
    volumes: ["/var/www/html"],
  },
  nginx: {
    family: "debian",
    mb: [28, 41, 0.001, 0.001, 0.001, 0.002, 0.002],
    cmd: ["nginx", "-g", "daemon off;"],
    entrypoint: ["/docker-entrypoint.sh"],
    env: [
      "NGINX_VERSION=1.27.4",
      "NJS_VERSION=0.8.9",
      "NJS_RELEASE=1~bookworm",
      "PKG_RELEASE=1~bookworm",
      "DYNPKG_RELEASE=1~bookworm",
    ],
    ports: ["80/tcp"],
    stopSignal: "SIGQUIT",
  },
  node: {
    family: "debian",
    mb: [48, 23, 64, 203, 3.3, 47, 1.2, 0.1],
    cmd: ["node"],
    entrypoint: ENTRYPOINT,
    env: ["NODE_VERSION=22.14.0", "YARN_VERSION=1.22.22"],
  },
  openjdk: { family: "debian", mb: [53, 16, 54, 187], cmd: ["jshell"] },
  perl: { family: "debian", mb: [48, 23, 64, 203, 15], cmd: ["perl5"] },
  php: {
    family: "debian",
    mb: [28, 0.1, 99, 0.1, 12, 0.1, 11],
    cmd: ["php", "-a"],
    entrypoint: ["docker-php-entrypoint"],
  },
  postgres: {
    family: "debian",
    mb: [28, 1.2, 4.6, 1.4, 8.1, 1.1, 0.1, 110, 0.1],
    cmd: ["postgres"],
    entrypoint: ENTRYPOINT,
    env: ["GOSU_VERSION=1.17", "LANG=en_US.utf8", "PG_MAJOR=16", "PGDATA=/var/lib/postgresql/data"],
    ports: ["5432/tcp"],
    volumes: ["/var/lib/postgresql/data"],
    stopSignal: "SIGINT",
  },
  python: {
    family: "debian",
    mb: [48, 23, 64, 203, 6.2, 25, 0.1],
    cmd: ["python3"],
    env: ["LANG=C.UTF-8", "PYTHON_VERSION=3.12.9"],
  },
  rabbitmq: {
    family: "ubuntu",
    mb: [28, 47, 9, 22, 0.1],
    cmd: ["rabbitmq-server"],
    entrypoint: ENTRYPOINT,
    ports: ["5672/tcp"],
    volumes: ["/var/lib/rabbitmq"],
  },
  redis: {
    family: "debian",
    mb: [28, 0.1, 1.1, 1.5, 15, 0.1],
    cmd: ["redis-server"],
    entrypoint: ENTRYPOINT,
    env: ["REDIS_VERSION=7.4.2"],
    workdir: "/data",
    ports: ["6379/tcp"],
    volumes: ["/data"],
  },
  registry: {
    family: "alpine",
    mb: [3.4, 0.4, 6.4, 0.1, 0.1],
    cmd: ["/etc/docker/registry/config.yml"],
    entrypoint: ["/entrypoint.sh"],
    ports: ["5000/tcp"],
    volumes: ["/var/lib/registry"],
  },
  rockylinux: { family: "redhat", mb: [68], cmd: ["/bin/bash"] },
  ruby: { family: "debian", mb: [48, 23, 64, 203, 35], cmd: ["irb"] },
  rust: { family: "debian", mb: [48, 23, 64, 187], cmd: ["bash"] },
  solr: { family: "ubuntu", mb: [29, 17, 200], cmd: ["solr-foreground"], entrypoint: ENTRYPOINT, ports: ["8983/tcp"] },
  sonarqube: {
    family: "ubuntu",
    mb: [29, 17, 400],
    entrypoint: ["/opt/sonarqube/docker/entrypoint.sh"],
    ports: ["9000/tcp"],
  },
  tomcat: {
    family: "ubuntu",
    mb: [29, 17, 145, 12],
    cmd: ["catalina.sh", "run"],
    workdir: "/usr/local/tomcat",
    ports: ["8080/tcp"],
  },
  traefik: {
    family: "alpine",
    mb: [3.4, 1.9, 44],
    cmd: ["traefik"],
    entrypoint: ["/entrypoint.sh"],
    ports: ["80/tcp"],
  },
  ubuntu: { family: "ubuntu", mb: [29], cmd: ["/bin/bash"] },
  vault: { family: "alpine", mb: [3.4, 0.1, 76], cmd: ["server", "-dev"], entrypoint: ENTRYPOINT, ports: ["8200/tcp"] },
  wordpress: {
    family: "debian",
    mb: [28, 0.1, 99, 0.2, 20, 0.3, 12, 25, 0.1],
    cmd: ["apache2-foreground"],
    entrypoint: ENTRYPOINT,
    workdir: "/var/www/html",
    ports: ["80/tcp"],
    volumes: ["/var/www/html"],
    stopSignal: "SIGWINCH",
  },
  zookeeper: {
    family: "debian",
    mb: [29, 17, 45, 13],
    cmd: ["zkServer.sh", "start-foreground"],
    entrypoint: ["/docker-entrypoint.sh"],
    ports: ["2181/tcp"],
  },
};

const PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const MEGABYTE = 1_000_000;

/** The official image of a name; undefined: the hub has none. */
export function officialImage(name: string, tag: string, seed: string): CatalogueImage | undefined {
  const entry = Object.hasOwn(OFFICIAL, name) ? OFFICIAL[name] : undefined;
  if (entry === undefined) {
    return undefined;
  }
  const family = tag.includes("alpine") && entry.family !== "busybox" ? "alpine" : entry.family;
  return describe(`library/${name}`, tag, { ...entry, family }, seed);
}

/** An image that somebody put on the hub under his own name. What is in it nobody here can know. */
export function publishedImage(repository: string, tag: string, seed: string): CatalogueImage {
  const random = new Random("published", repository, tag);
  const family: ImageFamily = random.pick(["alpine", "debian", "ubuntu", "alpine"]);
  const base = { alpine: 3.4, debian: 28, ubuntu: 29 }[family as "alpine" | "debian" | "ubuntu"];
  const mb = [base, ...Array.from({ length: random.between(1, 5) }, () => random.between(1, 300) / 10)];
  return describe(repository, tag, { family, mb, entrypoint: ["/entrypoint.sh"] }, seed);
}

function describe(repository: string, tag: string, entry: Entry, seed: string): CatalogueImage {
  const random = new Random("image", seed, repository, tag);
  const layers = entry.mb.map((mb) => Math.max(92, Math.round(mb * MEGABYTE * (0.96 + random.fraction() * 0.08))));
  return {
    repository,
    family: entry.family,
    layers,
    sizes: layers.map((bytes) => Math.round(bytes * (bytes > 10_000 ? 2.1 + random.fraction() * 0.6 : 2))),
    env: [PATH, ...(entry.env ?? [])],
    cmd: entry.cmd ?? null,
    entrypoint: entry.entrypoint ?? null,
    workdir: entry.workdir ?? "",
    user: entry.user ?? "",
    ports: entry.ports ?? [],
    volumes: entry.volumes ?? [],
    stopSignal: entry.stopSignal ?? "",
    labels: new Map(),
    ageDays: random.between(9, 120),
  };
}

/** Digest of a layer as the registry knows it. Layers of the same base are the same. */
export function layerDigest(image: CatalogueImage, index: number, seed: string): string {
  return index === 0 && image.layers.length > 1
    ? stableId("layer", seed, image.family, image.layers[0] ?? 0)
    : stableId("layer", seed, image.repository, index, image.layers[index] ?? 0);
}
