package org.pmf4j.core.plugin;

import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.zip.ZipException;
import org.pmf4j.api.plugin.PmfPlugin;

/** Why a jar is left out: what is wrong and what to do, without the jar's name. */
final class PluginProblem extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 200;

  PluginProblem(String what) {
    super(what);
  }

  /** What came out of a plugin's own code, or of loading it. */
  static PluginProblem of(Throwable thrown) {
    Throwable cause = thrown;
    if (thrown instanceof ServiceConfigurationError) {
      if (thrown.getCause() == null) {
        String told =
            String.valueOf(thrown.getMessage())
                .replace(PmfPlugin.class.getName() + ": ", "")
                .replaceFirst("^jar:file:.*?:(?=\\d+: )", "line ");
        return new PluginProblem(
            line(told) + "; correct META-INF/services/" + PmfPlugin.class.getName() + " in it");
      }
      cause = thrown.getCause();
    }
    if (cause instanceof ZipException || cause.getCause() instanceof ZipException) {
      return new PluginProblem("it is no whole jar file; copy it anew");
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
    String told = line(e.getMessage());
    if (e instanceof UnsupportedClassVersionError) {
      return String.format(
          Locale.ROOT,
          "it was compiled for a newer Java, and this is Java %d; take a newer Java, or compile it for this one",
          Runtime.version().feature());
    }
    if (e instanceof ClassFormatError || e instanceof VerifyError) {
      return "a class in it is damaged; copy it anew";
    }
    if (told.contains("org/pmf4j/api/") || told.contains("org.pmf4j.api.")) {
      return String.format(
          Locale.ROOT,
          "it does not fit version %d of the plugin interfaces (%s: %s); rebuild it with this pmf-api",
          PmfPlugin.API_VERSION,
          e.getClass().getSimpleName(),
          told);
    }
    String lack = e instanceof NoClassDefFoundError ? "the class " + told + " is not there" : told;
    return "a class cannot be linked ("
        + lack
        + "); put the plugin and the libraries it needs into a folder of their own";
  }

  /** The first line as far as a terminal shows it well. */
  static String line(String message) {
    String first = message == null ? "" : message.lines().findFirst().orElse("");
    String shown = first.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "…";
  }
}
