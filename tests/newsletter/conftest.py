from tests.smtp import smtp as smtp
