package org.pmf4j.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.start.StartArchive;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code pmf} itself: what holds for every command. */
@Command(
    name = "pmf",
    description = {
      "Fuses frozen unimodal transformers into one multimodal classifier by interactive prompting.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpAutoWidth = true,
    usageHelpWidth = 100,
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage or bad input",
      "129, 130, 143:stopped by SIGHUP, SIGINT (Ctrl-C) or SIGTERM",
      "141:nobody reads standard output any more"
    },
    versionProvider = PmfCommand.Version.class)
final class PmfCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  PmfCommand(Console console) {
    this.console = console;
  }

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "show the stack trace of a failure")
  @SuppressWarnings("unused") // Main looks for the word itself: parsing may be what fails
  private boolean debug;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description =
          "tell backend, plan, tables, encoders, cache, epochs, checkpoints and saved files as they"
              + " come, on standard error")
  void verbose(boolean on) {
    if (on) {
      Logger ours = (Logger) LoggerFactory.getLogger("org.pmf4j");
      ours.setLevel(Level.INFO);
      StartArchive archive = StartArchive.ofProcess();
      if (!archive.used()) {
        ours.info("start: {}", archive.told());
      }
    }
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return 2;
  }

  /** The version of this build. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = PmfCommand.class.getPackage().getImplementationVersion();
      String java = System.getProperty("java.version");
      return new String[] {
        String.format(
            Locale.ROOT, "pmf %s (Java %s)", version == null ? "development" : version, java)
      };
    }
  }
}
