package org.pmf4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The page, in a browser where there is one")
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PageTest {
  private static final String SCRIPT = "<img src=x onerror=document.title=1>";

  /** The page tells nothing of it, and the sound of a busy machine comes when it comes. */
  private static final String COUNT_WHAT_IS_HEARD =
      "(() => { window.heard = 0; const Node = window.AudioWorkletNode; window.AudioWorkletNode ="
          + " class extends Node { constructor(...given) { super(...given);"
          + " this.port.addEventListener('message', e => { window.heard += e.data.length; }); } };"
          + " })()";

  // The browser may still write as it ends
  @TempDir(cleanup = CleanupMode.NEVER)
  private static Path profile;

  @TempDir private static Path folder;
  private static ServedModels served;
  private static Chromium browser;

  @BeforeAll
  static void start() throws Exception {
    served = new ServedModels(folder.resolve("models"));
    SoundModel.train(
        served.pmf(),
        Files.createDirectories(folder.resolve("sounds")),
        folder.resolve("models/tones"));
    served.start(o -> o);
    Optional<Path> program = Chromium.find();
    if (program.isPresent()) {
      browser = Chromium.open(program.get(), profile);
    } else {
      System.out.println("no Chromium on the PATH: the page is not tried in a browser");
    }
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    served.close();
  }

  @Test
  @DisplayName("comes whole from the server, with a policy that lets in nothing else")
  void comesWhole() {
    for (String path : new String[] {"", "page.js", "page.css", "recorder.js"}) {
      HttpResponse<String> reply = served.get(path);
      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(reply.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe", "http", "*");
      assertThat(reply.body()).doesNotContain("http:", "https:", "//cdn", "innerHTML", "eval(");
    }
    assertThat(served.get("").body()).doesNotContain("<style", "style=", " onclick", "<script>");
  }

  @Test
  @DisplayName("answers a picture and a text, and shows what is wrong with a file")
  void answers() throws Exception {
    assumeTrue(browser != null, "no Chromium on the PATH");
    browser.size(1280, 900);
    open();
    assertThat(browser.value("document.title")).isEqualTo("Ask a model");
    browser.choose("input[type=file]", ServedModels.resource("curve/images/00.png"));
    browser.until("document.querySelector('#fields img') !== null");
    browser.until("document.querySelector('#fields img').naturalWidth > 0");
    browser.value("document.querySelector('textarea').focus()");
    browser.type(SCRIPT + " a red shape");
    browser.value("document.getElementById('ask').click()");
    browser.until("document.getElementById('label').textContent !== ''");
    assertThat((String) browser.value("document.getElementById('rested').innerText"))
        .contains("Without image", "Without text");
    assertThat(browser.value("document.querySelectorAll('#probabilities tbody tr').length"))
        .isEqualTo(3);
    assertThat((String) browser.value("document.querySelector('#recent li').textContent"))
        .contains(SCRIPT);
    assertThat(browser.value("document.title")).isEqualTo("Ask a model");
    assertThat(browser.value("document.querySelectorAll('#recent img').length")).isEqualTo(0);
    keep("page-1280.png");

    Path broken = folder.resolve("<b>broken.png");
    Files.write(broken, new byte[] {1, 2, 3});
    browser.choose("input[type=file]", broken);
    browser.value("document.getElementById('ask').click()");
    browser.until("document.getElementById('problem').textContent !== ''");
    assertThat((String) browser.value("document.getElementById('problem').textContent"))
        .contains("broken.png");
  }

  @Test
  @DisplayName("fits a phone, and is worked by the keyboard, with a name for everything")
  void fitsPhone() throws Exception {
    assumeTrue(browser != null, "no Chromium on the PATH");
    browser.size(390, 844);
    open();
    assertThat(browser.value("document.documentElement.scrollWidth <= 390")).isEqualTo(true);
    browser.value("document.querySelector('textarea').focus()");
    browser.type("a shape");
    browser.key("Tab", "");
    assertThat(browser.value("document.activeElement.id")).isEqualTo("ask");
    browser.key("Enter", "\r");
    browser.until("document.getElementById('label').textContent !== ''");
    assertThat((String) browser.value("document.getElementById('missing').textContent"))
        .isEqualTo("Answered without image.");
    assertThat(browser.value("document.documentElement.scrollWidth <= 390")).isEqualTo(true);
    assertThat(
            browser.value(
                "[...document.querySelectorAll('input, select, textarea, button, meter')].filter(e =>"
                    + " !e.labels?.length && !e.ariaLabel && !e.textContent.trim()).length"))
        .isEqualTo(0);
    assertThat(browser.value("document.querySelector('#answer').ariaLive")).isEqualTo("polite");
    assertThat(
            browser.value(
                "[...document.querySelectorAll('button')].every(b => b.offsetHeight === 0 ||"
                    + " b.offsetHeight >= 40)"))
        .isEqualTo(true);
    keep("page-390.png");
  }

  @Test
  @DisplayName("takes a file that is dropped, and records a sound, and answers of it")
  void dropsAndRecords() throws Exception {
    assumeTrue(browser != null, "no Chromium on the PATH");
    browser.size(1280, 900);
    open();
    browser.value(
        "(() => { const select = document.getElementById('model'); select.value = 'tones';"
            + " select.dispatchEvent(new Event('change')); })()");
    String wave = Base64.getEncoder().encodeToString(Files.readAllBytes(tone()));
    browser.value(
        "(() => { const data = new DataTransfer(); data.items.add(new File([Uint8Array.from(atob('"
            + wave
            + "'), c => c.charCodeAt(0))], 'dropped.wav', {type: 'audio/wav'}));"
            + " document.querySelector('fieldset').dispatchEvent(new DragEvent('drop',"
            + " {dataTransfer: data, bubbles: true, cancelable: true})); })()");
    browser.until("document.querySelector('fieldset audio')?.duration > 0.4");
    answered("dropped.wav");

    browser.value(COUNT_WHAT_IS_HEARD);
    browser.value("document.querySelector('fieldset button').click()");
    browser.until("document.querySelector('fieldset button').textContent === 'Stop'");
    browser.until("window.heard > 24000"); // samples: about half a second
    browser.value("document.querySelector('fieldset button').click()");
    browser.until("document.querySelector('fieldset audio')?.duration > 0.2");
    assertThat(browser.value("document.querySelector('fieldset button').textContent"))
        .isEqualTo("Record");
    answered("recording.wav");
    keep("page-sound.png");
  }

  private static Path tone() throws Exception {
    return SoundModel.tone(folder.resolve("tone.wav"), 440);
  }

  private static void answered(String file) {
    browser.value("document.getElementById('ask').click()");
    browser.until(
        "(document.getElementById('problem').textContent + document.querySelector('#recent li')"
            + "?.textContent).includes('audio: "
            + file
            + "')");
    assertThat(browser.value("document.getElementById('problem').textContent")).isEqualTo("");
    assertThat((String) browser.value("document.getElementById('label').textContent"))
        .isIn("low", "high");
  }

  private static void open() {
    browser.go(served.server().address());
    browser.until(
        "document.readyState === 'complete' && document.querySelector('textarea') !== null");
  }

  /** Pictures to look at, where a folder for them is named. */
  private static void keep(String name) throws Exception {
    String kept = System.getProperty("page.pictures");
    if (kept != null) {
      Files.write(Path.of(kept).resolve(name), browser.screenshot());
    }
  }
}
