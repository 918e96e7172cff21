package org.pmf4j.cli;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.pmf4j.cli.bench.BenchCommand;
import org.pmf4j.cli.cache.CacheCommand;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.demo.DemoCommand;
import org.pmf4j.cli.doctor.DoctorCommand;
import org.pmf4j.cli.encode.EncodeCommand;
import org.pmf4j.cli.evaluate.EvaluateCommand;
import org.pmf4j.cli.export.ExportCommand;
import org.pmf4j.cli.fetch.FetchCommand;
import org.pmf4j.cli.imports.ImportCommand;
import org.pmf4j.cli.look.LookCommand;
import org.pmf4j.cli.plugins.PluginsCommand;
import org.pmf4j.cli.predict.PredictCommand;
import org.pmf4j.cli.pretrain.PretrainCommand;
import org.pmf4j.cli.serve.ServeCommand;
import org.pmf4j.cli.spark.SparkCommand;
import org.pmf4j.cli.train.TrainCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * All commands, in the order in which help lists them. To build one is to look through the fields
 * and methods of all its options, so that a start builds the one that is called, and of the others
 * the name and what they are for. Has no state: any thread may call it.
 */
final class Commands {
  /**
   * A command.
   *
   * @param type which states its name and what it is for
   * @param whole builds it with all its options
   */
  private record Entry(Class<?> type, Function<Console, Object> whole) {
    String name() {
      return type.getAnnotation(Command.class).name();
    }

    CommandSpec summary() {
      CommandSpec spec = CommandSpec.create().name(name());
      spec.usageMessage().description(type.getAnnotation(Command.class).description());
      return spec;
    }
  }

  private static final List<Entry> ALL =
      List.of(
          new Entry(DemoCommand.class, DemoCommand::new),
          new Entry(LookCommand.class, LookCommand::new),
          new Entry(TrainCommand.class, TrainCommand::new),
          new Entry(EvaluateCommand.class, EvaluateCommand::new),
          new Entry(PredictCommand.class, PredictCommand::new),
          new Entry(ServeCommand.class, ServeCommand::new),
          new Entry(EncodeCommand.class, EncodeCommand::new),
          new Entry(ExportCommand.class, ExportCommand::new),
          new Entry(PretrainCommand.class, PretrainCommand::new),
          new Entry(BenchCommand.class, BenchCommand::of),
          new Entry(FetchCommand.class, FetchCommand::new),
          new Entry(ImportCommand.class, ImportCommand::new),
          new Entry(PluginsCommand.class, PluginsCommand::new),
          new Entry(CacheCommand.class, CacheCommand::of),
          new Entry(SparkCommand.class, console -> new SparkCommand()),
          new Entry(DoctorCommand.class, DoctorCommand::new));

  private Commands() {}

  /**
   * Adds them all.
   *
   * @param whole says of a name whether the command will be used, rather than listed
   */
  static void addTo(CommandLine pmf, Console console, Predicate<String> whole) {
    for (Entry each : ALL) {
      String name = each.name();
      Object command = whole.test(name) ? each.whole().apply(console) : each.summary();
      pmf.addSubcommand(name, command);
    }
  }
}
