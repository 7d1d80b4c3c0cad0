/** The name this service has everywhere: logs, traces, topics, migrations. */
export const SERVICE_NAME = '${{ values.name }}';
