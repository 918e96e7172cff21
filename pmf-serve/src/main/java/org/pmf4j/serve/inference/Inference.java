package org.pmf4j.serve.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import org.pmf4j.core.pool.ModelPool;
import org.pmf4j.core.pool.PoolModel;
import org.pmf4j.serve.answer.PredictEndpoint;
import org.pmf4j.serve.answer.Values;
import org.pmf4j.serve.model.ModelStatus;
import org.pmf4j.serve.model.Models;
import org.pmf4j.serve.web.Call;
import org.pmf4j.serve.web.Endpoint;
import org.pmf4j.serve.web.FolderNames;
import org.pmf4j.serve.web.Problem;
import org.pmf4j.serve.web.Reply;
import org.pmf4j.serve.web.Route;

/** The routes of the protocol. Has no state: any thread may call it. */
public final class Inference {
  private static final String MODEL = "model";

  private Inference() {}

  /**
   * The routes.
   *
   * @param folders takes them out of reasons
   * @param ready true while requests are taken
   * @param most rows of a request
   */
  public static List<Route> routes(
      Models models, Values values, int most, FolderNames folders, BooleanSupplier ready) {
    ModelPool pool = models.pool();
    List<Route> all = new ArrayList<>();
    add(all, "GET", "/v2", Route.Kind.QUICK, Endpoint.now(call -> server()));
    add(all, "GET", "/v2/health/live", Route.Kind.OPEN, Endpoint.now(call -> Reply.empty()));
    add(all, "GET", "/v2/health/ready", Route.Kind.OPEN, Endpoint.now(call -> ready(ready)));
    add(
        all,
        "GET",
        "/v2/models/{model}",
        Route.Kind.QUICK,
        Endpoint.now(call -> Reply.json(ModelMetadata.of(model(pool, call)))));
    add(
        all,
        "GET",
        "/v2/models/{model}/ready",
        Route.Kind.QUICK,
        Endpoint.now(
            call -> {
              model(pool, call);
              return Reply.empty();
            }));
    add(
        all,
        "POST",
        "/v2/models/{model}/infer",
        Route.Kind.WORK,
        new InferEndpoint(pool, values, most));
    add(
        all,
        "POST",
        "/v2/repository/index",
        Route.Kind.QUICK,
        Endpoint.now(
            call -> Reply.json(models.index().stream().map(s -> fields(s, folders)).toList())));
    add(
        all,
        "POST",
        "/v2/repository/models/{model}/load",
        Route.Kind.WORK,
        Endpoint.now(
            call -> {
              models.load(call.place(MODEL));
              return Reply.empty();
            }));
    add(
        all,
        "POST",
        "/v2/repository/models/{model}/unload",
        Route.Kind.WORK,
        Endpoint.now(
            call -> {
              models.unload(call.place(MODEL));
              return Reply.empty();
            }));
    return all;
  }

  private static void add(
      List<Route> all, String method, String template, Route.Kind kind, Endpoint endpoint) {
    all.add(new Route(method, template, kind, endpoint));
  }

  private static Reply server() {
    String version = Inference.class.getPackage().getImplementationVersion();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", "pmf");
    fields.put("version", version == null ? "development" : version);
    fields.put("extensions", List.of("model_repository", "binary_tensor_data"));
    return Reply.json(fields);
  }

  private static Reply ready(BooleanSupplier ready) {
    if (!ready.getAsBoolean()) {
      throw Problem.unavailable("not ready", Duration.ofSeconds(1));
    }
    return Reply.empty();
  }

  private static PoolModel model(ModelPool pool, Call call) {
    return pool.model(call.place(MODEL))
        .orElseThrow(() -> new NoSuchElementException(PredictEndpoint.none(pool)));
  }

  private static Map<String, Object> fields(ModelStatus status, FolderNames folders) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", status.name());
    fields.put("version", Integer.toString(status.version()));
    fields.put("state", status.ready() ? "READY" : "UNAVAILABLE");
    fields.put("reason", folders.hide(status.reason()));
    return fields;
  }
}
