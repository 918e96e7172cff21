package org.pmf4j.modalities.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureWarningsTest {
  private static final String CUT_OFF =
      "16-bit grey is cut off at 255, as in the reference preprocessing; brighter parts become"
          + " white";

  @ParameterizedTest(name = "of {0}: {1}")
  @CsvSource({
    "/preprocessing/images/grey_16bit.png, true",
    "/preprocessing/images/rgb_16bit.png, false",
    "/preprocessing/images/grey.png, false",
    "/pictures/la16.png, false"
  })
  void whatIsCutOffIsSaidOfNothingElse(String file, boolean cutOff) throws IOException {
    List<String> warnings = new ArrayList<>();
    try (InputStream bytes = PictureWarningsTest.class.getResourceAsStream(file);
        ImageInputStream in = new ByteArrayImageInputStream(bytes.readAllBytes())) {
      Picture.of(in).pixels(in, 1, warnings::add);
    }
    assertThat(warnings).isEqualTo(cutOff ? List.of(CUT_OFF) : List.of());
  }
}
