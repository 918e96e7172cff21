package org.pmf4j.serve.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.pool.PoolModel;

/** A model's tensors, and what stands in them. Has no state: any thread may call it. */
final class ModelMetadata {
  private static final String BYTES = "BYTES";
  private static final String FP32 = "FP32";

  private ModelMetadata() {}

  static Map<String, Object> of(PoolModel model) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", model.name());
    fields.put("versions", List.of(Integer.toString(model.version())));
    fields.put("platform", "pmf");
    fields.put(
        "inputs",
        model.modalities().names().stream().map(m -> tensor(m, BYTES, List.of(-1))).toList());
    fields.put("outputs", outputs(model.task()));
    return fields;
  }

  private static List<Map<String, Object>> outputs(Task task) {
    List<Map<String, Object>> all = new ArrayList<>();
    List<Integer> wide = List.of(-1, task.labels().size());
    if (task instanceof Task.Regression) {
      all.add(tensor("value", FP32, List.of(-1)));
    } else {
      all.add(tensor("label", BYTES, List.of(-1)));
      all.add(tensor("probabilities", FP32, wide));
    }
    all.add(tensor("logits", FP32, wide));
    return all;
  }

  private static Map<String, Object> tensor(String name, String type, List<Integer> shape) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("datatype", type);
    fields.put("shape", shape);
    return fields;
  }

  /** The output tensors of some rows, with their data. */
  static List<Map<String, Object>> outputs(Task task, List<Prediction> predictions) {
    List<Map<String, Object>> all = outputs(task);
    for (Map<String, Object> output : all) {
      List<Object> data = new ArrayList<>();
      predictions.forEach(p -> add((String) output.get("name"), p, data));
      List<Integer> shape = new ArrayList<>();
      for (Object dim : (List<?>) output.get("shape")) {
        shape.add(dim.equals(-1) ? Integer.valueOf(predictions.size()) : (Integer) dim);
      }
      output.put("shape", shape);
      output.put("data", data);
    }
    return all;
  }

  private static void add(String name, Prediction p, List<Object> data) {
    switch (name) {
      case "label" -> data.add(p.label());
      case "value" -> data.add((float) p.value());
      case "probabilities" -> p.probabilities().values().forEach(v -> data.add(v.floatValue()));
      default -> {
        for (float logit : p.logits()) {
          data.add(logit);
        }
      }
    }
  }
}
