package org.pmf4j.serve.answer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.pool.ModelPool;
import org.pmf4j.core.pool.PoolModel;
import org.pmf4j.serve.web.Call;
import org.pmf4j.serve.web.Endpoint;
import org.pmf4j.serve.web.Reply;

/**
 * {@code POST /models/{model}/predict}. Several threads use it at once.
 *
 * @param pool answers
 * @param values reads what records have
 * @param most records of a request
 */
public record PredictEndpoint(ModelPool pool, Values values, int most) implements Endpoint {
  private static final String WITHOUT = "without";

  @Override
  public CompletionStage<Reply> answer(Call call) {
    String name = call.place("model");
    PoolModel model = pool.model(name).orElseThrow(() -> new NoSuchElementException(none(pool)));
    boolean without = call.flag(WITHOUT);
    Records records = Records.of(call, model, values, most);
    List<Question> questions =
        records.examples().stream().map(e -> Question.of(model, e, without)).toList();
    List<CompletableFuture<Prediction>> answers =
        pool.submit(name, questions.stream().flatMap(q -> q.all().stream()).toList());
    List<List<String>> cut = records.examples().stream().map(e -> pool.cut(name, e)).toList();
    return Together.of(answers).thenApply(all -> reply(model, records, questions, cut, all));
  }

  /** What is told where there is no such model. */
  public static String none(ModelPool pool) {
    List<String> there = pool.models().stream().map(PoolModel::name).toList();
    return "no model of that name; "
        + (there.isEmpty() ? "there is none" : "there are " + String.join(", ", there));
  }

  /** A record, and the same without one of its modalities each. */
  private record Question(Example record, List<String> left) {
    static Question of(PoolModel model, Example record, boolean without) {
      Set<String> there = record.sources().keySet();
      List<String> left =
          without && there.size() > 1
              ? there.stream().filter(m -> !model.required().contains(m)).toList()
              : List.of();
      return new Question(record, left);
    }

    List<Example> all() {
      List<Example> all = new ArrayList<>(List.of(record));
      left.forEach(m -> all.add(record.without(Set.of(m))));
      return all;
    }
  }

  private static Reply reply(
      PoolModel model,
      Records records,
      List<Question> questions,
      List<List<String>> cut,
      List<Prediction> all) {
    List<Map<String, Object>> answers = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < questions.size(); i++) {
      Question question = questions.get(i);
      Map<String, Object> answer =
          one(model, question, all.subList(at, at + 1 + question.left().size()));
      answer.put("cut", cut.get(i));
      answers.add(answer);
      at += 1 + question.left().size();
    }
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("model", model.name());
    reply.put("version", model.version());
    if (records.several()) {
      reply.put("predictions", answers);
    } else {
      reply.putAll(answers.get(0));
    }
    return Reply.json(reply);
  }

  private static Map<String, Object> one(
      PoolModel model, Question question, List<Prediction> predictions) {
    Map<String, Object> answer = AnswerJson.of(model, question.record(), predictions.get(0));
    if (!question.left().isEmpty()) {
      Map<String, Object> without = new LinkedHashMap<>();
      for (int i = 0; i < question.left().size(); i++) {
        Map<String, Object> other = AnswerJson.of(model, question.record(), predictions.get(i + 1));
        other.remove("missing");
        without.put(question.left().get(i), other);
      }
      answer.put(WITHOUT, without);
    }
    return answer;
  }
}
