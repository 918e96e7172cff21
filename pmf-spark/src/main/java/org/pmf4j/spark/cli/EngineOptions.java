package org.pmf4j.spark.cli;

import org.pmf4j.spark.executor.Engine;
import picocli.CommandLine.Option;

/** What computes, on executors. */
final class EngineOptions {
  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "backend, whose jars executors have (default: djl)")
  private String backend = Engine.DEFAULT.backend();

  @Option(names = "--device", paramLabel = "NAME", description = "cpu, cuda or auto (default)")
  private String device = Engine.DEFAULT.device();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads of one operation (default: spark.task.cpus)")
  private int threads = Engine.DEFAULT.threads();

  Engine engine() {
    return new Engine(backend, device, threads);
  }
}
