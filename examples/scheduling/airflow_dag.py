"""Terrain every night: one study on a Flink session cluster, one on Dataflow.

The worker has Java 17 and a folder with terrain.jar and its lib folder. Beam's and Flink's serialisers look into some
packages of Java, which a jar that is started by a class name must be told (below, JAVA_TOOL_OPTIONS).
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.apache.beam.operators.beam import BeamRunJavaPipelineOperator
from airflow.providers.google.cloud.operators.dataflow import DataflowConfiguration

# In the environment of the Airflow workers:
# JAVA_TOOL_OPTIONS=--add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED
#   --add-opens=java.base/java.time=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED
#   --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/java.net=ALL-UNNAMED

with DAG(
    dag_id="terrain",
    schedule="17 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,  # a study is brought up to date, not filled in day by day
    max_active_runs=1,  # no two runs of one study at a time
    default_args={"retries": 2, "retry_delay": timedelta(minutes=10)},  # a retry does only what is missing
):
    BeamRunJavaPipelineOperator(
        task_id="digits_on_flink",
        runner="FlinkRunner",
        jar="/opt/terrain/terrain.jar",
        job_class="dev.terrain.run.SweepMain",
        pipeline_options={
            "sweep": "/srv/terrain/digits.yaml",
            "study": "/srv/terrain/digits-study",
            "flinkMaster": "flink.example.org:8081",
            "filesToStage": "/opt/terrain/terrain.jar",
            "parallelism": "8",
            "executionModeForBatch": "BATCH_FORCED",
            "fasterCopy": "true",
            "jobName": "digits",
        },
    )

    BeamRunJavaPipelineOperator(
        task_id="fashion_on_dataflow",
        runner="DataflowRunner",
        jar="/opt/terrain/terrain.jar",
        job_class="dev.terrain.run.SweepMain",
        pipeline_options={
            "sweep": "gs://example-bucket/sweeps/fashion-mnist.yaml",
            "study": "gs://example-bucket/fashion-study",
            "data": "gs://example-bucket/fashion-mnist",
            "gcpTempLocation": "gs://example-bucket/temp",
            "workerMachineType": "c2-standard-8",  # one processor model: every worker computes the same bits
            "numberOfWorkerHarnessThreads": "8",
            "maxNumWorkers": "10",
        },
        dataflow_config=DataflowConfiguration(
            job_name="fashion",
            append_job_name=False,  # Dataflow refuses a second active job of one name
            project_id="example-project",
            location="europe-west4",
        ),
    )
