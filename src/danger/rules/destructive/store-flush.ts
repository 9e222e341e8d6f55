import { once } from '../../lazy-value';
import type { CommandRow, Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'a command that deletes all data of a store (`FLUSHALL`, `dropDatabase`) or a queue',
  why: 'The command deletes all data in the store at once, including the data of other teams.',
  fix: 'List the keys or indexes first, and delete them by name.',
} as const satisfies Rule;

export const NODES = 'destructive/store-flush: deletes nodes or a database';

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  ansible: [
    { key: 'state', under: 'rabbitmq_queue rabbitmq_vhost kafka_topic', after: /^absent$/, says: 'Task "{it}" removes a queue with its messages.' },
  ],
}));

// prettier-ignore
export const commands = /* @__PURE__ */ once((): readonly CommandRow[] => [
  { program: 'ruby rails rake', text: /\bSidekiq::(?:Queue|RetrySet|ScheduledSet|DeadSet)\b[^;\n]*(?:\.clear\b|&:clear\b|&:delete\b)/, does: 'empties queues of jobs' },
  { program: 'pulsar-admin', verb: /^(?:topics|persistent) (?:skip(?:-all)?|clear-backlog|unload)\b/, does: 'skips messages that nobody has read' },
  { program: 'kafka-leader-election', line: /--election-type[= ]UNCLEAN\b/i, does: 'makes a replica the leader that lacks records: these are lost' },
  { program: 'varnishadm', line: /\bban\s+["']?req\.url\s*~\s*["']?[./*^]*["']?\s*$/, severity: 'medium', does: 'empties the cache' },
  { program: 'influxd-ctl', verb: 'remove-data, remove-meta, remove-shard', does: 'takes a node or a shard out of the cluster' },
  { program: 'mongosh mongo', text: /["'$]?\$out["']?\s*:\s*(?:["'{])/, severity: 'medium', does: 'overwrites a collection with the result of an aggregation' },
  { program: 'spark-sql spark-shell pyspark databricks beeline', text: /\bVACUUM\b[^;]*\bRETAIN\s+0(?:\.0)?\s+HOURS\b/i, does: 'deletes every older version of a table: no one can go back' },
  { program: 'mongosh mongo', text: /\badminCommand\s*\(\s*\{\s*["']?shutdown\b|\bshutdownServer\s*\(/, severity: 'medium', does: 'stops the database server' },
  { program: 'mongorestore', with: /^--drop$/, does: 'drops each collection before it is put back' },
  { program: 'nodetool', verb: 'decommission, removenode, assassinate, clearsnapshot, truncatehints, drain, stopdaemon', does: 'takes a node, or copies of data, out of the cluster' },
  { program: 'gcloud', verb: /^(?:(?:alpha|beta) )?pubsub subscriptions seek\b/, severity: 'medium', does: 'has a subscription pass over messages, or get them again' },
  { program: 'kafka-delete-records', does: 'deletes records of a topic' },
  { program: 'kafka-acls', with: /^--remove$/, severity: 'medium', does: 'removes rights' },
  { program: 'kafka-storage', verb: 'format', does: 'formats the storage of a broker' },
  { program: 'rpk', verb: 'topic delete, topic trim-prefix, group delete, cluster config import, cluster config force-reset, debug, redpanda admin brokers decommission, user delete', does: 'deletes a topic or a part of the cluster' },
  { program: 'zookeepercli', verb: /\b(?:rm|rmr|delete)\b/, does: 'deletes nodes' },
  { program: 'zkcli', verb: /\b(?:deleteall|delete|rmr)\b/, does: 'deletes nodes' },
  { program: 'kafkactl', verb: 'delete, reset', does: 'deletes a topic' },
  { program: 'rabbitmqctl', verb: 'stop_app, stop, shutdown', severity: 'medium', does: 'stops the broker: nobody can send or read messages' },
  { program: 'rabbitmqctl', verb: 'reset, force_reset', does: 'deletes every queue, exchange, user and setting of the node' },
  { program: 'rabbitmqadmin rabbitmqctl rabbitmq-queues', verb: 'purge, delete, delete_*, reset, force_reset, purge_queue, clear_*, forget_cluster_node, stop_app, stop, close_all_*', does: 'deletes or empties a queue, or a part of the broker' },
  { program: 'nats', verb: /^(?:stream|str|s|consumer|con|kv|obj(?:ect)?|account)\s+(?:rm|del(?:ete)?|purge|destroy)\b|^(?:stream|s) seal\b/, does: 'deletes or empties a stream or a store' },
  { program: 'pulsar', verb: /\b(?:delete|unload|clear-backlog|expire)\b/, does: 'deletes a topic or its messages' },
  { program: 'pulsar-admin', verb: /\b(?:delete|clear-backlog|expire-messages|truncate|terminate)\b/, does: 'deletes a topic or its messages' },
  { program: 'celery', verb: /\bpurge\b/, does: 'deletes every task that waits' },
  { program: 'sidekiqctl', verb: /\bstop\b/, severity: 'medium', does: 'stops the workers' },
  { program: 'beanstool', verb: /\b(?:delete|empty)\b/, does: 'empties a queue' },
  { program: 'consul', verb: 'kv delete, leave, force-leave, operator raft remove-peer, snapshot restore, acl token delete, acl policy delete, acl role delete, config delete, namespace delete, services deregister, peering delete', does: 'deletes something of the cluster' },
  { program: 'curator_cli', verb: /^delete/, does: 'deletes indices' },
  { program: 'curator', severity: 'medium', does: 'runs actions on indices' },
  { program: 'solr', verb: 'delete', does: 'deletes a core or a collection' },
  { program: 'neo4j-admin', verb: /\b(?:dbms unbind|load|restore|delete)\b/, does: 'overwrites or deletes a database' },
  { program: 'couchbase-cli', verb: /^(?:bucket-delete|bucket-flush|server-remove|rebalance|failover|collection-manage)/, does: 'deletes or empties a bucket' },
  { program: 'arangosh', line: /\._drop\w*\(|\.truncate\(/, does: 'drops a database or a collection' },
  { program: 'asadm', line: /\b(?:truncate|quiesce)\b/, does: 'empties a set' },
  { program: 'memcflush', does: 'empties the store' },
  { program: 'cockroach', verb: /^(?:node (?:decommission|drain)|debug unsafe)/, does: 'takes a node out of its cluster' },
  { program: 'rman', text: /\b(?:delete\s+(?:no\s*prompt|force|backup\w*|obsolete|expired|archivelog|copy)|drop\s+(?:database|catalog)|reset\s+database|restore\s+database)\b/i, does: 'deletes backups or a database, or overwrites it' },
  { program: 'patronictl', verb: 'failover, switchover, remove, reinit, pause, restart', severity: 'high', does: 'changes which machine has the database, or forgets the cluster' },
  { program: 'repmgr', verb: 'standby switchover, standby promote, standby unregister, primary unregister, node rejoin', severity: 'high', does: 'changes which machine has the database' },
  { program: 'pg_rewind', does: 'overwrites the data folder of a database' },
  { program: 'mysqlsh', line: /\b(?:dropMetadataSchema|drop-metadata-schema|dissolve|forceQuorum|removeInstance|remove-instance)\b/, does: 'takes a cluster apart' },
  { program: 'redis-cli valkey-cli', with: /^--cluster$/, line: /--cluster (?:del-node|reshard|fix|import|call)\b/, severity: 'high', does: 'takes a node out of the cluster, or moves what it holds' },
  { program: 'redis-cli valkey-cli', verb: /^debug (?:segfault|panic|restart|flushall|reload|change-repl-id)\b/i, does: 'stops the store, or loses what it holds' },
  { program: 'tiup', verb: /\b(?:destroy|clean|scale-in|prune)\b/, does: 'deletes a cluster or a part of it' },
  { program: 'hbase', text: /\b(?:drop|drop_all|truncate|truncate_preserve|delete_all_snapshot|deleteall|disable_all|drop_namespace)\s+['"]/, does: 'drops or empties a table' },
  { program: 'hdfs', verb: 'namenode', with: /^-format$/, does: 'formats the file system of the cluster' },
  { program: 'spark-submit oozie', with: /^--?kill$/, severity: 'medium', does: 'ends a job of the cluster' },
  { program: 'zookeeper-shell', line: /\b(?:deleteall|delete|rmr)\b/, does: 'deletes nodes' },
  { program: 'rq', verb: 'empty', does: 'empties a queue' },
  { program: 'python python3', verb: /\bmanage\.py (?:rqflush|clear_cache|invalidate_cache|flush_expired)\b/, severity: 'medium', does: 'empties a queue or a cache' },
  { program: 'kafka-reassign-partitions', with: /^--execute$/, severity: 'medium', does: 'moves partitions between brokers' },
  { program: 'edgedb gel', verb: 'query', line: /\bdelete\s+[A-Z]\w*(?!.*\bfilter\b)/i, does: 'deletes every object of a type' },
]);

// prettier-ignore
export const tools = /* @__PURE__ */ once((): readonly ToolRow[] => [
  { verb: 'flush flushall flushdb', on: 'redis valkey memcached cache dragonfly keydb', does: 'empties the store' },
  { deed: 'removes', of: 'collection index queue stream bucket_index vector namespace_vector', does: 'deletes {what}' },
  { deed: 'removes', verb: 'topic topics', on: 'kafka confluent pulsar pubsub sns redpanda', does: 'deletes {what}' },
  { deed: 'removes clears', verb: 'purge clear', of: 'queue message', on: 'rabbitmq sqs kafka queue servicebus pubsub', does: 'empties a queue' },
  { deed: 'removes', verb: 'query', with: /(?:^|\.)match_all=\{\}$/, does: 'deletes every document of an index' },
  { deed: 'removes', verb: 'many all', with: /(?:^|\.)(?:filter|query|where)=(?:\{\}|)$/, does: 'deletes every document of a collection' },
]);
