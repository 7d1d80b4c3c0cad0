{{- define "service.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "service.labels" -}}
{{ include "service.selectorLabels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
backstage.io/kubernetes-id: {{ .Chart.Name }}
waymark.dev/team: ${{ values.team }}
waymark.dev/cost-centre: ${{ values.costCentre }}
waymark.dev/data-classification: ${{ values.dataClassification }}
{{- end }}
