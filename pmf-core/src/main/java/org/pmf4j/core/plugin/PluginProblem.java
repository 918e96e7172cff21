package org.pmf4j.core.plugin;

import java.util.Locale;
import java.util.ServiceConfigurationError;
import org.pmf4j.api.plugin.PmfPlugin;

/** Why a jar is left out: what is wrong and what to do, without the jar's name. */
final class PluginProblem extends Exception {
  private static final long serialVersionUID = 1L;

  PluginProblem(String what) {
    super(what);
  }

  /** What came out of a plugin's own code, or of loading it. */
  static PluginProblem of(Throwable thrown) {
    Throwable cause = thrown;
    if (thrown instanceof ServiceConfigurationError) {
      if (thrown.getCause() == null) {
        String told = line(thrown.getMessage()).replace(PmfPlugin.class.getName() + ": ", "");
        return new PluginProblem(
            told + "; correct META-INF/services/" + PmfPlugin.class.getName() + " in it");
      }
      cause = thrown.getCause();
    }
    if (cause instanceof ExceptionInInitializerError && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new PluginProblem(
        cause instanceof LinkageError
            ? misfit((LinkageError) cause)
            : "loading it failed with " + line(cause.toString()) + "; its author must mend that");
  }

  private static String misfit(LinkageError e) {
    String told = line(e.toString());
    if (told.contains("org/pmf4j/api/") || told.contains("org.pmf4j.api.")) {
      return String.format(
          Locale.ROOT,
          "it does not fit version %d of the plugin interfaces (%s); rebuild it with this pmf-api",
          PmfPlugin.API_VERSION,
          told);
    }
    return "a class cannot be linked ("
        + told
        + "); put the plugin and the libraries it needs into a folder of their own";
  }

  private static String line(String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }
}
