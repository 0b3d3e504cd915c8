from . import dispatcher, models
from . import controllers
