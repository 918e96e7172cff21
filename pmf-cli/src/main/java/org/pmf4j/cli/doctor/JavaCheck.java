package org.pmf4j.cli.doctor;

import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pmf4j.bench.process.EngineEnvironment;

/** Looks at this JVM and the environment that it was started in. */
final class JavaCheck {
  private JavaCheck() {}

  static List<Finding> findings() {
    List<Finding> all = new ArrayList<>();
    all.add(virtualMachine());
    all.add(heap());
    String encoding = System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    all.add(windows ? onWindows(encoding) : encoding(encoding));
    all.add(environment());
    return all;
  }

  private static Finding virtualMachine() {
    String found =
        String.join(
            " ",
            System.getProperty("java.version"),
            System.getProperty("java.vm.name"),
            "(" + System.getProperty("java.vendor") + ")");
    List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return options.contains("-Xint")
        ? Finding.slow("Java", found + ", interpreted alone", "leave -Xint out of JAVA_OPTS")
        : Finding.ok("Java", found);
  }

  private static Finding heap() {
    double gib = Runtime.getRuntime().maxMemory() / Math.pow(1024, 3);
    String found = String.format(Locale.ROOT, "at most %.1f GiB; tensors live outside of it", gib);
    return gib < 0.5
        ? Finding.slow("Java heap", found, "set PMF_HEAP, or -Xmx, to 1g or more")
        : Finding.ok("Java heap", found);
  }

  static Finding encoding(String name) {
    return name.equalsIgnoreCase("UTF-8")
        ? Finding.ok("locale", name)
        : Finding.missing(
            "locale",
            name + ", in which not every name of a file and word of the command line can be read",
            "set LC_ALL=C.UTF-8, or another locale with UTF-8");
  }

  /** Windows knows names of files by themselves, but hands words over in its code page. */
  static Finding onWindows(String name) {
    return name.equalsIgnoreCase("UTF-8") || name.equalsIgnoreCase("cp65001")
        ? Finding.ok("locale", name)
        : Finding.missing(
            "locale",
            name + ", in which not every word of the command line can be read",
            "let Windows use UTF-8 (Region, Administrative, Change system locale), or keep to words"
                + " of "
                + name);
  }

  private static Finding environment() {
    List<String> set = new ArrayList<>();
    EngineEnvironment.found().forEach((name, value) -> set.add(name + "=" + value));
    boolean linux = System.getProperty("os.name").equals("Linux");
    return linux && EngineEnvironment.lacksDefaults()
        ? Finding.slow(
            "environment of engines",
            set.isEmpty() ? "nothing is set" : String.join(", ", set),
            "start with the pmf command, or set what it sets: engines give memory back and sleep"
                + " too eagerly without")
        : Finding.ok("environment of engines", set.isEmpty() ? "nothing" : String.join(", ", set));
  }
}
