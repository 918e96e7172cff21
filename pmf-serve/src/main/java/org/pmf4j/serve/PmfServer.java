package org.pmf4j.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.pool.ModelPool;
import org.pmf4j.core.pool.PoolState;
import org.pmf4j.serve.answer.ModelsJson;
import org.pmf4j.serve.answer.OpenApi;
import org.pmf4j.serve.answer.PredictEndpoint;
import org.pmf4j.serve.answer.Values;
import org.pmf4j.serve.inference.Inference;
import org.pmf4j.serve.jetty.HttpDoor;
import org.pmf4j.serve.metric.Metrics;
import org.pmf4j.serve.model.ModelStatus;
import org.pmf4j.serve.model.Models;
import org.pmf4j.serve.page.Page;
import org.pmf4j.serve.web.AccessLog;
import org.pmf4j.serve.web.Endpoint;
import org.pmf4j.serve.web.FolderNames;
import org.pmf4j.serve.web.Guard;
import org.pmf4j.serve.web.Problems;
import org.pmf4j.serve.web.Reply;
import org.pmf4j.serve.web.Route;
import org.pmf4j.serve.web.Router;

/**
 * Trained models over HTTP and on a page. Several threads may use it at once. Closing it lets no
 * request in any more, answers those that are there, and frees the models.
 */
public final class PmfServer implements AutoCloseable {
  private final ServeOptions options;
  private final Metrics metrics;
  private final ModelPool pool;
  private final Models models;
  private final FolderNames folders;
  private final HttpDoor door;
  private volatile boolean ready;

  private PmfServer(Pmf pmf, ServeOptions options) {
    this.options = options;
    this.folders = new FolderNames(places());
    this.metrics = new Metrics();
    this.pool = pmf.pool(options.pool(), metrics);
    this.models = new Models(pool, options.models());
    try {
      metrics.watch(pool);
      models.refresh();
      this.door = open();
    } catch (RuntimeException | Error e) {
      closeModels();
      throw e;
    }
    models.watch();
    ready = true;
  }

  /**
   * Loads the models and begins to answer.
   *
   * @param pmf outlives the server
   * @return what the caller closes
   * @throws PmfException if the place of the models cannot be read, the port cannot be had, or it
   *     would be open to others without a token
   */
  public static PmfServer start(Pmf pmf, ServeOptions options) {
    options.requireSafe();
    return new PmfServer(pmf, options);
  }

  private HttpDoor open() {
    AccessLog log =
        entry -> {
          metrics.log(entry);
          options.log().log(entry);
        };
    return HttpDoor.open(
        options.host(),
        options.port(),
        options.tls(),
        options.bounds(),
        options.pool().queue(),
        new Router(routes()),
        new Guard(options.token(), options.isLoopback()),
        new Problems(folders),
        log);
  }

  /** All that may be asked. */
  List<Route> routes() {
    Values values = new Values(options.limits(), options.files());
    int most = options.pool().queue();
    List<Route> all = new ArrayList<>(Page.routes());
    all.add(
        new Route("GET", "/models", Route.Kind.QUICK, Endpoint.now(call -> ModelsJson.of(pool))));
    all.add(
        new Route(
            "POST",
            "/models/{model}/predict",
            Route.Kind.WORK,
            new PredictEndpoint(pool, values, most)));
    all.add(
        new Route(
            "GET",
            "/metrics",
            Route.Kind.QUICK,
            Endpoint.now(
                call -> Reply.text("text/plain; version=0.0.4; charset=utf-8", metrics.text()))));
    all.add(
        new Route("GET", "/openapi.json", Route.Kind.OPEN, Endpoint.now(call -> OpenApi.reply())));
    all.addAll(Inference.routes(models, values, most, folders, () -> ready));
    return all;
  }

  private List<Path> places() {
    List<Path> all = new ArrayList<>(options.models().named().values());
    options.models().folder().ifPresent(all::add);
    options.files().ifPresent(all::add);
    all.add(Path.of(System.getProperty("user.home", "")));
    all.add(Path.of(System.getProperty("java.io.tmpdir", "")));
    return all;
  }

  /** Where it is reached, such as {@code http://127.0.0.1:8080/}. */
  public String address() {
    String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    String scheme = options.tls().isPresent() ? "https" : "http";
    return String.format(Locale.ROOT, "%s://%s:%d/", scheme, host, door.port());
  }

  /** How full it is. */
  public PoolState state() {
    return pool.state();
  }

  /** All models that were found, those that do not answer too. */
  public List<ModelStatus> models() {
    return models.index();
  }

  /** Lets nothing in any more, waits for what is there, and frees all. */
  @Override
  public void close() {
    ready = false;
    try {
      door.close();
    } finally {
      closeModels();
    }
  }

  private void closeModels() {
    models.close();
    pool.close();
    metrics.close();
  }
}
