package org.pmf4j.serve.answer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.core.pool.ModelPool;
import org.pmf4j.core.pool.PoolModel;
import org.pmf4j.serve.web.Reply;

/** {@code GET /models}: what may be asked. Has no state: any thread may call it. */
public final class ModelsJson {
  private ModelsJson() {}

  /** All models, and what each takes. */
  public static Reply of(ModelPool pool) {
    List<Map<String, Object>> all = new ArrayList<>();
    pool.models().forEach(model -> all.add(of(model)));
    return Reply.json(Map.of("models", all));
  }

  private static Map<String, Object> of(PoolModel model) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", model.name());
    fields.put("version", model.version());
    fields.put("method", model.config().method());
    fields.put("task", model.task().kind());
    fields.put("labels", model.task().labels());
    List<Map<String, Object>> modalities = new ArrayList<>();
    for (String m : model.modalities().names()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", m);
      one.put("kind", model.modalities().get(m).name());
      one.put("required", model.required().contains(m));
      if (Values.isRow(model, m)) {
        one.put("columns", model.config().columns().of(m));
      }
      modalities.add(one);
    }
    fields.put("modalities", modalities);
    return fields;
  }
}
