/**
 * Tables of CloudFormation's resource types: which hold data, which are only glue, and which changes replace the
 * resource.
 */
import { anyOf, wordSet } from '../../../base/patterns';

/** Types that hold data, or without which data cannot be read. */
const DATA = /* @__PURE__ */ anyOf(
  String.raw`ACMPCA::CertificateAuthority$ AmazonMQ::Broker Backup::BackupVault Cassandra:: CloudFormation::Stack$
  CloudTrail::(?:Trail|EventDataStore) CodeCommit::Repository Cognito::IdentityPool$ Cognito::UserPool$
  DMS::ReplicationInstance DirectoryService:: DocDB(?:Elastic)?::(?:DB)?Cluster DocDB::DBInstance DynamoDB::
  EC2::(?:Volume|Instance)$ ECR::(?:Public)?Repository EFS::FileSystem EKS::Cluster$
  ElastiCache::(?:CacheCluster|ReplicationGroup|ServerlessCache|GlobalReplicationGroup) Elasticsearch::Domain
  FSx::(?:FileSystem|Volume|StorageVirtualMachine) Glue::Database KMS::(?:Key|ReplicaKey)$ Kendra::Index
  Kinesis::Stream$ KinesisFirehose:: Lightsail::(?:Database|Disk|Bucket|Instance) Logs::LogGroup
  MSK::(?:Cluster|ServerlessCluster)$ MemoryDB::Cluster Neptune::DB NeptuneGraph::Graph
  OpenSearchServerless::Collection OpenSearchService::Domain QLDB::Ledger
  RDS::(?:DB(?:Instance|Cluster)$|GlobalCluster) Redshift::Cluster$ RedshiftServerless::Namespace
  Route53::HostedZone S3::Bucket$ S3Express::DirectoryBucket S3Tables:: SQS::Queue$ SecretsManager::Secret$
  Serverless::SimpleTable StorageGateway:: Timestream:: WorkSpaces::Workspace Workspaces::Workspace`,
  { before: String.raw`^AWS::(?:`, after: String.raw`)` },
);

export const holdsData = (type: string): boolean =>
  DATA.test(type) && !/::(?:DBParameterGroup|DBClusterParameterGroup|DBSubnetGroup|DBProxy)$/.test(type);

/** Types that only connect others; replacing them goes unnoticed. */
const GLUE = /* @__PURE__ */ anyOf(
  String.raw`Account Alarm Alias ApiKey Association Attachment BasePathMapping Budget Dashboard Deployment Document Egress
  EventSourceMapping Function Group Ingress InstanceProfile Integration JobDefinition LaunchConfiguration
  LaunchTemplate Listener ListenerRule LogStream Macro Metadata Method MetricFilter Model NamedQuery OptionGroup
  Parameter ParameterGroup Permission Pipeline Policy Project QueryDefinition RecordSet RecordSetGroup Resource
  ResourceGroup Role Route RouteTable Rule SavedQuery ScalableTarget ScalingPolicy ScheduledAction Stage
  SubnetGroup Subscription TaskDefinition UsagePlan UsagePlanKey User Version WaitCondition WaitConditionHandle
  Webhook`,
  { before: String.raw`(?:` },
);

/** A resource whose removal is not worth reporting. */
export const isGlue = (type: string): boolean => GLUE.test(type) || !/^(?:AWS|Alexa)::/.test(type);

/** AWS's own reference: "Update requires: Replacement". */
const REPLACING: Readonly<Record<string, string>> = {
  'AWS::RDS::DBInstance': `
    DBInstanceIdentifier DBName Engine MasterUsername StorageEncrypted KmsKeyId DBSubnetGroupName AvailabilityZone
    CharacterSetName NcharCharacterSetName Port SourceDBInstanceIdentifier DBClusterIdentifier DBSnapshotIdentifier
    DBClusterSnapshotIdentifier Timezone CustomIAMInstanceProfile BackupTarget SourceRegion
  `,
  'AWS::RDS::DBCluster': `
    DBClusterIdentifier DatabaseName Engine EngineMode MasterUsername StorageEncrypted KmsKeyId DBSubnetGroupName
    AvailabilityZones SnapshotIdentifier SourceDBClusterIdentifier RestoreType RestoreToTime SourceRegion
    UseLatestRestorableTime
  `,
  'AWS::RDS::GlobalCluster': 'GlobalClusterIdentifier Engine SourceDBClusterIdentifier StorageEncrypted',
  'AWS::RDS::DBSubnetGroup': 'DBSubnetGroupName',
  'AWS::DynamoDB::Table': 'TableName KeySchema LocalSecondaryIndexes ImportSourceSpecification',
  'AWS::DynamoDB::GlobalTable': 'TableName KeySchema LocalSecondaryIndexes',
  'AWS::Serverless::SimpleTable': 'TableName PrimaryKey',
  'AWS::S3::Bucket': 'BucketName ObjectLockEnabled',
  'AWS::EFS::FileSystem': 'Encrypted KmsKeyId PerformanceMode AvailabilityZoneName',
  'AWS::FSx::FileSystem': 'FileSystemType KmsKeyId SubnetIds BackupId StorageType SecurityGroupIds',
  'AWS::EC2::Volume': 'AvailabilityZone Encrypted KmsKeyId SnapshotId MultiAttachEnabled OutpostArn',
  'AWS::EC2::Instance': `
    AvailabilityZone ImageId KeyName SubnetId NetworkInterfaces LaunchTemplate HibernationOptions EnclaveOptions
    CpuOptions PrivateIpAddress Ipv6AddressCount SecurityGroups LicenseSpecifications
  `,
  'AWS::EC2::VPC': 'CidrBlock Ipv4IpamPoolId',
  'AWS::EC2::Subnet': 'AvailabilityZone AvailabilityZoneId CidrBlock VpcId Ipv6Native OutpostArn',
  'AWS::EC2::SecurityGroup': 'GroupName GroupDescription VpcId',
  'AWS::EC2::EIP': 'Domain NetworkBorderGroup',
  'AWS::EC2::NatGateway': 'SubnetId AllocationId ConnectivityType',
  'AWS::ElastiCache::CacheCluster': `
    ClusterName Engine CacheSubnetGroupName Port SnapshotArns SnapshotName NetworkType CacheSecurityGroupNames
  `,
  'AWS::ElastiCache::ReplicationGroup': `
    ReplicationGroupId AtRestEncryptionEnabled KmsKeyId CacheSubnetGroupName Port SnapshotArns SnapshotName
    GlobalReplicationGroupId DataTieringEnabled
  `,
  'AWS::ElastiCache::ServerlessCache': 'ServerlessCacheName KmsKeyId SubnetIds SnapshotArnsToRestore',
  'AWS::MemoryDB::Cluster': `
    ClusterName KmsKeyId Port SubnetGroupName TLSEnabled SnapshotName SnapshotArns DataTiering
  `,
  'AWS::Redshift::Cluster': `
    ClusterIdentifier DBName MasterUsername ClusterSubnetGroupName SnapshotIdentifier OwnerAccount
  `,
  'AWS::RedshiftServerless::Namespace': 'NamespaceName',
  'AWS::Neptune::DBCluster': `
    DBClusterIdentifier StorageEncrypted KmsKeyId DBSubnetGroupName AvailabilityZones SnapshotIdentifier
    SourceDBClusterIdentifier
  `,
  'AWS::DocDB::DBCluster': `
    DBClusterIdentifier MasterUsername StorageEncrypted KmsKeyId DBSubnetGroupName AvailabilityZones
    SnapshotIdentifier
  `,
  'AWS::DocDB::DBInstance': 'DBClusterIdentifier DBInstanceIdentifier AvailabilityZone',
  'AWS::OpenSearchService::Domain': 'DomainName NodeToNodeEncryptionOptions',
  'AWS::Elasticsearch::Domain': 'DomainName',
  'AWS::OpenSearchServerless::Collection': 'Name Type',
  'AWS::Kinesis::Stream': 'Name',
  'AWS::KinesisFirehose::DeliveryStream': 'DeliveryStreamName DeliveryStreamType',
  'AWS::MSK::Cluster': 'ClusterName EncryptionInfo.EncryptionAtRest BrokerNodeGroupInfo.ClientSubnets',
  'AWS::AmazonMQ::Broker': `
    BrokerName DeploymentMode EngineType PubliclyAccessible StorageType SubnetIds EncryptionOptions
    AuthenticationStrategy
  `,
  'AWS::SQS::Queue': 'QueueName FifoQueue',
  'AWS::SNS::Topic': 'TopicName FifoTopic',
  'AWS::ECR::Repository': 'RepositoryName EncryptionConfiguration',
  'AWS::KMS::Key': 'KeySpec KeyUsage MultiRegion',
  'AWS::KMS::ReplicaKey': 'PrimaryKeyArn',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::SSM::Parameter': 'Name',
  'AWS::Cognito::UserPool': 'AliasAttributes UsernameAttributes UsernameConfiguration',
  'AWS::Cognito::UserPoolClient': 'UserPoolId GenerateSecret',
  'AWS::Cognito::UserPoolDomain': 'Domain UserPoolId',
  'AWS::Logs::LogGroup': 'LogGroupName LogGroupClass',
  'AWS::Backup::BackupVault': 'BackupVaultName EncryptionKeyArn',
  'AWS::Cassandra::Keyspace': 'KeyspaceName ReplicationSpecification',
  'AWS::Cassandra::Table': `
    TableName KeyspaceName PartitionKeyColumns ClusteringKeyColumns ClientSideTimestampsEnabled
  `,
  'AWS::Timestream::Database': 'DatabaseName',
  'AWS::Timestream::Table': 'DatabaseName TableName Schema',
  'AWS::QLDB::Ledger': 'Name',
  'AWS::Route53::HostedZone': 'Name',
  'AWS::Lambda::Function': 'FunctionName PackageType',
  'AWS::Serverless::Function': 'FunctionName PackageType',
  'AWS::ECS::Cluster': 'ClusterName',
  'AWS::ECS::Service': 'ServiceName Cluster LaunchType Role SchedulingStrategy DeploymentController',
  'AWS::EKS::Cluster': `
    Name RoleArn EncryptionConfig KubernetesNetworkConfig.ServiceIpv4Cidr KubernetesNetworkConfig.IpFamily
    AccessConfig.BootstrapClusterCreatorAdminPermissions
  `,
  'AWS::EKS::Nodegroup': `
    NodegroupName ClusterName AmiType CapacityType DiskSize InstanceTypes NodeRole RemoteAccess Subnets
  `,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Name Scheme Type',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'Name Port Protocol ProtocolVersion TargetType VpcId IpAddressType',
  'AWS::ElasticLoadBalancing::LoadBalancer': 'LoadBalancerName Scheme Subnets',
  'AWS::AutoScaling::AutoScalingGroup': 'AutoScalingGroupName',
  'AWS::IAM::Role': 'RoleName Path',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName Path Description',
  'AWS::ApiGateway::RestApi': 'ApiKeySourceType',
  'AWS::ApiGateway::DomainName': 'DomainName',
  'AWS::ApiGatewayV2::Api': 'ProtocolType',
  'AWS::StepFunctions::StateMachine': 'StateMachineName StateMachineType',
  'AWS::Events::EventBus': 'Name',
  'AWS::ElasticBeanstalk::Environment': `
    ApplicationName EnvironmentName CNAMEPrefix SolutionStackName PlatformArn Tier.Name Tier.Type
  `,
  'AWS::ElasticBeanstalk::Application': 'ApplicationName',
  'AWS::DMS::ReplicationInstance': 'AvailabilityZone KmsKeyId PubliclyAccessible ReplicationSubnetGroupIdentifier',
  'AWS::Batch::ComputeEnvironment': 'ComputeEnvironmentName Type',
  'AWS::Glue::Database': 'CatalogId',
  'AWS::CloudTrail::Trail': 'TrailName',
  'AWS::WorkSpaces::Workspace': 'BundleId DirectoryId UserName',
};

/** The properties below `Properties` whose change replaces a resource of a type. */
export const replacingOf = (type: string): Iterable<string> =>
  Object.hasOwn(REPLACING, type) ? wordSet(REPLACING[type] ?? '') : [];
