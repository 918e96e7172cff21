/**
 * The demo's data set, made by rule and by chance: pictures of signs, and questions about the
 * colour of one of a sign's parts. A picture shows three colours and does not say which is asked
 * for; a question names a part and does not say its colour. An answer takes both.
 */
package org.pmf4j.cli.demo.signs;
