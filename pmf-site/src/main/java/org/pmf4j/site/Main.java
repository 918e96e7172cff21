package org.pmf4j.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes the site and follows its links. Has no state: any thread may call it. */
public final class Main {
  private Main() {}

  /**
   * Makes it; the exit code is 1 if a link leads nowhere.
   *
   * @param args the root of the repository, the folder to make, and a folder of Javadoc, which may
   *     be empty or left out
   * @throws IOException if something cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    boolean javadoc = args.length > 2 && !args[2].isEmpty();
    Site site = Site.of(Path.of(args[0]));
    site.write(folder, javadoc ? Path.of(args[2]) : null);
    LinkCheck check = new LinkCheck();
    List<String> broken = check.broken(folder);
    broken.forEach(line -> System.err.println("leads nowhere: " + line));
    System.out.println(
        site.documents().size() + " documents, " + check.followed() + " links followed: " + folder);
    if (!broken.isEmpty()) {
      System.exit(1);
    }
  }
}
