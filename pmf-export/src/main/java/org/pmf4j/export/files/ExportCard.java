package org.pmf4j.export.files;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.model.Markdown;
import org.pmf4j.export.graph.ModalityInputs;
import org.pmf4j.onnx.GraphInput;

/** The README.md of an export. Has no state: any thread may call it. */
public final class ExportCard {
  private static final int MOST_LABELS = 30;

  private ExportCard() {}

  /**
   * A card in Markdown.
   *
   * @param config of the saved model
   * @param task what outputs mean
   * @param graphs one or more
   * @param most by modality, the greatest length that its encoder takes, where that is known
   * @param check a sentence that tells how the graphs agree with the backend
   */
  public static String of(
      AdapterConfig config,
      Task task,
      int opset,
      List<GraphFile> graphs,
      Map<String, Integer> most,
      String check) {
    StringBuilder b = new StringBuilder();
    b.append("# A fused model of ")
        .append(
            config.encoders().stream()
                .map(e -> Markdown.text(e.name()))
                .collect(Collectors.joining(" and ")))
        .append(" as ONNX graphs\n\n");
    b.append(
        String.format(
            Locale.ROOT,
            "Exported from a model of method %s that was trained by %s. ONNX opset %d. %s\n\n",
            Markdown.text(config.method()),
            Markdown.text(config.writtenBy()),
            opset,
            check));
    files(b);
    graphs.forEach(g -> graph(b, g));
    outputs(b, task);
    inputs(b, config, graphs);
    limits(b, most);
    python(b, graphs.get(0), task);
    triton(b, graphs.get(0));
    return b.toString();
  }

  private static void files(StringBuilder b) {
    b.append("| file | what it is |\n|---|---|\n");
    row(b, "<modalities>.onnx", "a graph for rows that have these modalities");
    row(
        b,
        WeightFiles.NAME,
        "weights of all graphs, which they look for in their own folder; with `encoders/`, where"
            + " that is there");
    row(b, Manifest.NAME, "labels, inputs and outputs, for programs");
    row(
        b,
        Manifest.PREPROCESSING + "/<modality>",
        "configuration, tokenizer and processor files of the encoder");
    row(b, "triton/<model>/config.pbtxt", "for NVIDIA Triton");
    b.append('\n');
  }

  private static void row(StringBuilder b, String file, String what) {
    b.append("| `").append(file).append("` | ").append(what).append(" |\n");
  }

  private static void graph(StringBuilder b, GraphFile file) {
    b.append("## ").append(Markdown.text(file.name())).append("\n\n");
    b.append("| | name | type | shape |\n|---|---|---|---|\n");
    for (GraphInput i : file.inputs()) {
      line(b, "input", i.name(), GraphFile.numpyType(i), GraphFile.shape(i).toString());
    }
    for (GraphFile.Output o : file.outputs()) {
      line(b, "output", o.name(), "float32", "[batch, " + o.width() + "]");
    }
    for (ModalityInputs m : file.graph().inputs().values()) {
      if (m.hasLength() && m.length() != Shape.UNKNOWN) {
        b.append(
            String.format(
                Locale.ROOT,
                "\nThe length of %s is fixed to %d: fill shorter samples with zeros behind, %s.\n",
                Markdown.text(m.modality()),
                m.length(),
                m.inputs().stream().anyMatch(i -> i.name().equals("attention_mask"))
                    ? "in the mask too"
                    : "which counts as silence"));
      }
    }
    if (!file.graph().batchIsOpen()) {
      b.append("\nThe graph takes one sample at a time.\n");
    }
    b.append('\n');
  }

  private static void line(StringBuilder b, String what, String name, String type, String shape) {
    b.append("| ").append(what).append(" | `").append(name).append("` | ");
    b.append(type).append(" | ").append(Markdown.text(shape)).append(" |\n");
  }

  private static void outputs(StringBuilder b, Task task) {
    b.append("## Outputs\n\n");
    if (task instanceof Task.Regression) {
      b.append("`value` is the predicted number; `logits` is the same before it is scaled.\n\n");
      return;
    }
    int shown = Math.min(MOST_LABELS, task.labels().size());
    b.append(
        task instanceof Task.MultiLabel
            ? "`probabilities` of labels, each by itself: one holds from 0.5 on."
            : "`probabilities` of classes, which sum to 1: the largest is the prediction.");
    b.append(" In order: ");
    b.append(
        task.labels().subList(0, shown).stream()
            .map(Markdown::text)
            .collect(Collectors.joining(", ")));
    b.append(shown < task.labels().size() ? ", … (all in `export.json`).\n\n" : ".\n\n");
  }

  private static void inputs(StringBuilder b, AdapterConfig config, List<GraphFile> graphs) {
    b.append("## Inputs\n\n");
    b.append(
        "What the encoders' own processors in Hugging Face transformers make of raw values, each"
            + " name after that of its modality. Settings of the encoders, such as a length that"
            + " texts are cut to, are in `export.json`.\n\n");
    b.append("| modality | family | preprocessing |\n|---|---|---|\n");
    for (AdapterConfig.Base e : config.encoders()) {
      b.append("| ").append(Markdown.text(e.name())).append(" | ");
      b.append(Markdown.text(e.modelType())).append(" | `");
      b.append(Manifest.PREPROCESSING).append('/').append(e.name()).append("` |\n");
    }
    b.append("\nRows that lack a modality go to the graph of those that they have");
    b.append(graphs.size() == 1 ? ", which was not exported here.\n\n" : ".\n\n");
  }

  private static void limits(StringBuilder b, Map<String, Integer> most) {
    b.append("More tokens or frames than an encoder has positions for");
    String known =
        new TreeMap<>(most)
            .entrySet().stream()
                .map(e -> Markdown.text(e.getKey()) + ": " + e.getValue())
                .collect(Collectors.joining(", "));
    b.append(known.isEmpty() ? "" : " (" + known + ")");
    b.append(
        " end with an error of the engine. A batch or a length of 0, a sound shorter than one frame"
            + " and a mask that hides all of a sample are no inputs: there is an error, or outputs"
            + " mean nothing or are no numbers. An id below 0 is one counted from the end, as in all"
            + " of ONNX.\n\n");
  }

  private static void python(StringBuilder b, GraphFile file, Task task) {
    b.append("## Python\n\n`pip install onnxruntime numpy`, then in this folder:\n\n```python\n");
    b.append("import json\nimport numpy as np\nimport onnxruntime as ort\n\n");
    b.append("labels = json.load(open(\"export.json\"))[\"labels\"]\n");
    b.append("session = ort.InferenceSession(\"").append(file.name()).append("\")\n");
    b.append("# Zeros stand for what the processors make of your values\n");
    b.append("inputs = {\n");
    for (GraphInput i : file.inputs()) {
      String dims =
          i.dims().stream()
              .map(d -> d.name() == null ? Long.toString(d.size()) : number(d.name()))
              .collect(Collectors.joining(", "));
      boolean mask = i.name().endsWith("attention_mask");
      b.append("    \"").append(i.name()).append("\": np.").append(mask ? "ones" : "zeros");
      b.append("((").append(dims).append("), np.").append(GraphFile.numpyType(i)).append("),\n");
    }
    b.append("}\n");
    if (task instanceof Task.Regression) {
      b.append("print(session.run([\"value\"], inputs)[0])\n");
    } else {
      b.append("probabilities = session.run([\"probabilities\"], inputs)[0]\n");
      b.append("print([labels[row.argmax()] for row in probabilities], probabilities)\n");
    }
    b.append("```\n\n");
  }

  private static String number(String dim) {
    return dim.equals(ModalityInputs.BATCH) ? "2" : "8";
  }

  private static void triton(StringBuilder b, GraphFile file) {
    String name = file.modelName();
    b.append("## Triton\n\nEach folder below `triton/` becomes a model of a repository when the");
    b.append(" graph and its weights are put into its version:\n\n```sh\n");
    b.append("mkdir triton/").append(name).append("/1\n");
    b.append("cp '").append(file.name()).append("' triton/").append(name).append("/1/model.onnx\n");
    b.append("cp ").append(WeightFiles.NAME).append(" triton/").append(name).append("/1/\n```\n");
  }
}
