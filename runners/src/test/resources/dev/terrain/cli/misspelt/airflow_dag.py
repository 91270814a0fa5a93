BeamRunJavaPipelineOperator(
    runner="FlinkRunner",
    pipeline_options={
        "sweep": "digits.yaml",
        "parallelsim": "8",
    },
)
