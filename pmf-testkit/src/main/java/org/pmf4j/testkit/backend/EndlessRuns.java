package org.pmf4j.testkit.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * A process whose threads take steps of training until it ends, or compute where the backend does
 * not train, for tests of how it ends.
 */
final class EndlessRuns {
  /** The exit code that is asked for. */
  static final int EXIT = 7;

  private static final int THREADS = 2;

  private EndlessRuns() {}

  /**
   * Computes for ever, or exits with {@link #EXIT}.
   *
   * @param args the backend's name, the length of its sequences, the milliseconds after which to
   *     exit, 0 for never, and the file that it makes when all threads compute
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    BackendFactory factory =
        ServiceLoader.load(PmfPlugin.class, EndlessRuns.class.getClassLoader()).stream()
            .flatMap(p -> p.get().backends().stream())
            .filter(f -> f.name().equals(args[0]))
            .findFirst()
            .orElseThrow();
    Backend backend = factory.open(BackendOptions.DEFAULT);
    int length = Integer.parseInt(args[1]);
    Tensor x = backend.tensor(HostTensor.zeros(Shape.of(4, 4, length, 64)));
    Parameter p = backend.parameter("p", HostTensor.zeros(Shape.of(64)));
    Program program =
        backend.info().can(Capability.TRAINING)
            ? backend.training("endless", (in, tape) -> step(in.get("x"), p, tape))
            : backend.inference("endless", in -> Named.of("y", loss(in.get("x"), p)));
    for (int t = 0; t < THREADS; t++) {
      Thread thread = new Thread(() -> compute(program, x), "endless-" + t);
      thread.setDaemon(t == 0);
      thread.start();
    }
    program.run(Named.of("x", x)).get("y").close();
    Files.createFile(Path.of(args[3]));
    long millis = Long.parseLong(args[2]);
    if (millis > 0) {
      Thread.sleep(millis);
      System.exit(EXIT);
    }
  }

  private static Named<Tensor> step(Tensor x, Parameter p, Tape tape) {
    return Named.of("y", tape.gradients(loss(x, p), List.of(p)).get(0));
  }

  private static Tensor loss(Tensor x, Parameter p) {
    Tensor queries = x.add(p.value());
    Tensor seen = Neural.attention(queries, x, x, null, 0.125);
    return Neural.gelu(seen).square().sum();
  }

  private static void compute(Program program, Tensor x) {
    while (true) {
      program.run(Named.of("x", x)).get("y").close();
    }
  }
}
