/** What holds data, in the words of each format: sorted, so that one can see what is there. */

/** Words in a pattern of their own: whole ones, upper or lower case. */
/* @__NO_SIDE_EFFECTS__ */
export const wholeWords = (words: string): RegExp => new RegExp(`^(?:${alternatives(words)})$`, 'i');

/** Words that are somewhere in a name. */
/* @__NO_SIDE_EFFECTS__ */
export const partsOfNames = (words: string): RegExp => new RegExp(alternatives(words), 'i');

const alternatives = (words: string): string => words.trim().split(/\s+/).join('|');

/** Values of charts that say whether data is kept. */
export const KEPT_ON_VOLUMES: RegExp = /* @__PURE__ */ wholeWords(
  `backup backups dataVolume diskStorage persistence persistent persistentStorage persistentVolume persistentVolumeClaim
  pvc snapshots storage volume volumeClaimTemplate`,
);

/** Parts of charts that keep data. */
export const STORES_IN_CHARTS: RegExp = /* @__PURE__ */ partsOfNames(
  `^db$ cassandra clickhouse cockroach couchdb database elasticsearch etcd influx kafka mariadb minio mongo mysql nats neo4j
  opensearch postgres rabbitmq redis valkey vault zookeeper`,
);
