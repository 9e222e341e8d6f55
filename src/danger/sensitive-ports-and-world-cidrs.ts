/** Administration and database ports, which must not be open to the world. */

const PORTS: Readonly<Record<number, string>> = {
  20: 'FTP',
  21: 'FTP',
  22: 'SSH',
  23: 'Telnet',
  135: 'RPC',
  137: 'NetBIOS',
  139: 'NetBIOS',
  389: 'LDAP',
  445: 'SMB',
  512: 'rexec',
  513: 'rlogin',
  514: 'rsh',
  636: 'LDAPS',
  873: 'rsync',
  1433: 'SQL Server',
  1434: 'SQL Server',
  1521: 'Oracle',
  2049: 'NFS',
  2375: 'Docker',
  2376: 'Docker',
  2379: 'etcd',
  2380: 'etcd',
  3306: 'MySQL',
  3389: 'RDP',
  4333: 'mSQL',
  5432: 'PostgreSQL',
  5433: 'PostgreSQL',
  5439: 'Redshift',
  5500: 'VNC',
  5601: 'Kibana',
  5672: 'AMQP',
  5900: 'VNC',
  5984: 'CouchDB',
  5985: 'WinRM',
  5986: 'WinRM',
  6379: 'Redis',
  6380: 'Redis',
  6443: 'the Kubernetes API',
  7000: 'Cassandra',
  7001: 'Cassandra',
  7199: 'Cassandra',
  7474: 'Neo4j',
  7687: 'Neo4j',
  8086: 'InfluxDB',
  8123: 'ClickHouse',
  8500: 'Consul',
  9000: 'ClickHouse',
  9042: 'Cassandra',
  9092: 'Kafka',
  9160: 'Cassandra',
  9200: 'Elasticsearch',
  9300: 'Elasticsearch',
  10250: 'the kubelet',
  11211: 'Memcached',
  15672: 'RabbitMQ',
  26257: 'CockroachDB',
  27017: 'MongoDB',
  27018: 'MongoDB',
  27019: 'MongoDB',
  28015: 'RethinkDB',
  50000: 'Db2',
};

/** What usually listens on the port, or undefined for ports that may be open. */
export const sensitivePort = (port: number): string | undefined => PORTS[port];

/** The sensitive port in a range; a range of all ports is `every port`. */
export function sensitiveRange(from: number, to: number): string | undefined {
  if (from <= 0 && to >= 65_535) return 'every port';
  const port = Object.keys(PORTS)
    .map(Number)
    .find((one) => one >= from && one <= to);
  return port === undefined ? undefined : `${PORTS[port] ?? ''} (${String(port)})`;
}

/** Address ranges that mean everybody. */
export const isWorld = (cidr: string): boolean =>
  /^(?:0\.0\.0\.0\/0|0\.0\.0\.0|::\/0|0:0:0:0:0:0:0:0\/0|\*|Internet|Any)$/i.test(cidr.trim());
