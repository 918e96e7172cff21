package org.pmf4j.cli.serve;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.option.BackendChoice;
import org.pmf4j.cli.option.PrecisionOption;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.pool.PoolOptions;
import org.pmf4j.serve.PmfServer;
import org.pmf4j.serve.ServeOptions;
import org.pmf4j.serve.model.ModelStatus;
import org.pmf4j.serve.web.AccessLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pmf serve}. For one thread at a time. */
@Command(
    name = "serve",
    description = {
      "Answers for trained models over HTTP, and on a page for people.",
      "",
      "Models over the same frozen encoders share them. SIGTERM or Ctrl-C lets no request in any"
          + " more, answers those that are there, and ends with 0.",
      "",
      "Standard output has a line of JSON for each request; see docs/serve.md for what may be asked."
    },
    customSynopsis = {
      "pmf serve --models DIR [OPTIONS]",
      "       pmf serve --model NAME=DIR ... [OPTIONS]"
    },
    footer = {
      "",
      "Examples:",
      "  pmf serve --models pmf-demo/models",
      "  pmf serve --model signs=model --port 9000 --max-delay 10ms",
      "  pmf serve --models models --host 0.0.0.0 --token-file token.txt --keystore server.p12"
    })
public final class ServeCommand implements Callable<Integer> {
  private static final int LOOK_MILLIS = 50;

  private final Console console;

  @Mixin private ModelPlaceOptions models = new ModelPlaceOptions();

  @Mixin private DoorOptions door = new DoorOptions();

  @Mixin private LimitOptions limits = new LimitOptions();

  @Option(names = "--no-access-log", description = "write no line for each request")
  private boolean silent;

  @Mixin private PrecisionOption precision = new PrecisionOption();

  @Mixin private BackendChoice backend = new BackendChoice();

  /** A command that writes to {@code console}. */
  public ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ServeOptions options = options();
    try (Pmf pmf = backend.open();
        PmfServer server = PmfServer.start(pmf, options)) {
      tell(server);
      untilAsked();
      console.err().println("pmf: stopping: what was accepted is answered");
    }
    return 0;
  }

  private ServeOptions options() {
    return new ServeOptions(
        models.places(),
        door.host(),
        door.port(),
        door.token(),
        door.withoutToken(),
        door.tls(),
        door.files(),
        pool(),
        limits.bounds(),
        limits.limits(),
        silent ? AccessLog.NONE : new AccessLines(console.out()));
  }

  private PoolOptions pool() {
    PoolOptions pool = limits.pool();
    return precision.chosen().map(pool::withPrecision).orElse(pool);
  }

  private void tell(PmfServer server) {
    List<ModelStatus> all = server.models();
    long ready = all.stream().filter(ModelStatus::ready).count();
    console
        .err()
        .printf(
            Locale.ROOT,
            "pmf: %d %s at %s%n",
            ready,
            ready == 1 ? "model" : "models",
            server.address());
  }

  /** An interrupt of this thread asks, too. */
  private void untilAsked() {
    try {
      while (!console.stop().getAsBoolean()) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
