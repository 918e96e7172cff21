package org.pmf4j.serve.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.pool.ModelPool;
import org.pmf4j.core.pool.PoolModel;
import org.pmf4j.serve.answer.PredictEndpoint;
import org.pmf4j.serve.answer.Together;
import org.pmf4j.serve.answer.Values;
import org.pmf4j.serve.web.Call;
import org.pmf4j.serve.web.Endpoint;
import org.pmf4j.serve.web.Problem;
import org.pmf4j.serve.web.Reply;

/**
 * {@code POST /v2/models/{model}/infer}. Several threads use it at once.
 *
 * @param pool answers
 * @param values reads what tensors have
 * @param most rows of a request
 */
public record InferEndpoint(ModelPool pool, Values values, int most) implements Endpoint {
  @Override
  public CompletionStage<Reply> answer(Call call) {
    PoolModel model =
        pool.model(call.place("model"))
            .orElseThrow(() -> new NoSuchElementException(PredictEndpoint.none(pool)));
    Tensors tensors = Tensors.of(call);
    if (tensors.rows() > most) {
      throw Problem.tooLarge(
          String.format(
              Locale.ROOT,
              "the inputs have %,d rows; send at most %,d at once",
              tensors.rows(),
              most));
    }
    return Together.of(pool.submit(model.name(), examples(model, tensors)))
        .thenApply(predictions -> reply(model, tensors, predictions));
  }

  private List<Example> examples(PoolModel model, Tensors tensors) {
    for (String name : tensors.inputs().keySet()) {
      if (!model.modalities().has(name)) {
        throw Problem.badRequest(
            String.format(
                Locale.ROOT,
                "the model has no input %s; it has %s",
                Quote.value(name),
                String.join(", ", model.modalities().names())));
      }
    }
    List<Example> examples = new ArrayList<>();
    for (int row = 0; row < tensors.rows(); row++) {
      String place = "row " + (row + 1);
      Map<String, Source> sources = new LinkedHashMap<>();
      for (Map.Entry<String, List<Object>> input : tensors.inputs().entrySet()) {
        source(model, input.getKey(), place, input.getValue().get(row))
            .ifPresent(source -> sources.put(input.getKey(), source));
      }
      examples.add(new Example(place, sources, Optional.empty()));
    }
    return examples;
  }

  /** An element that is null, or empty, is not there. */
  private Optional<Source> source(PoolModel model, String name, String row, Object element) {
    String place = row + ", input " + Quote.name(name);
    try {
      if (element instanceof byte[] bytes && bytes.length > 0) {
        return Optional.of(values.ofBytes(model, name, place, name, bytes));
      }
      return element instanceof String text && !text.isBlank()
          ? Optional.of(values.ofText(model, name, place, text))
          : Optional.empty();
    } catch (PmfException e) {
      throw new PmfException(e.kind(), place + ": " + e.getMessage(), e);
    }
  }

  private static Reply reply(PoolModel model, Tensors tensors, List<Prediction> predictions) {
    List<Map<String, Object>> outputs = ModelMetadata.outputs(model.task(), predictions);
    if (!tensors.outputs().isEmpty()) {
      List<Map<String, Object>> asked = new ArrayList<>();
      for (String name : tensors.outputs()) {
        asked.add(
            outputs.stream()
                .filter(o -> o.get("name").equals(name))
                .findFirst()
                .orElseThrow(
                    () -> Problem.badRequest("the model has no output " + Quote.value(name))));
      }
      outputs = asked;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model_name", model.name());
    fields.put("model_version", Integer.toString(model.version()));
    if (!tensors.id().isEmpty()) {
      fields.put("id", tensors.id());
    }
    fields.put("outputs", outputs);
    return Reply.json(fields);
  }
}
